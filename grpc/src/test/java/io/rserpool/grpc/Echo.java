package io.rserpool.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A service that says back what it was told, with its own name before it. No code is generated:
/// its messages are texts.
final class Echo {

  static final String SERVICE = "echo.Echo";

  /// May be repeated.
  static final MethodDescriptor<String, String> SAY = method("Say", MethodType.UNARY, true);

  /// Must not be repeated.
  static final MethodDescriptor<String, String> ONCE = method("Once", MethodType.UNARY, false);

  /// May be repeated; answers letter by letter.
  static final MethodDescriptor<String, String> SPELL =
      method("Spell", MethodType.SERVER_STREAMING, true);

  /// What a server does with a text.
  interface Answer {
    String to(String text);
  }

  private Echo() {}

  private static MethodDescriptor<String, String> method(
      String name, MethodType type, boolean isIdempotent) {
    return MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setIdempotent(isIdempotent)
        .build();
  }

  static ServerServiceDefinition service(Answer answer) {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(
            SAY, ServerCalls.asyncUnaryCall((text, to) -> reply(List.of(answer.to(text)), to)))
        .addMethod(
            ONCE, ServerCalls.asyncUnaryCall((text, to) -> reply(List.of(answer.to(text)), to)))
        .addMethod(
            SPELL,
            ServerCalls.asyncServerStreamingCall(
                (text, to) -> reply(List.of(answer.to(text).split("")), to)))
        .build();
  }

  private static void reply(List<String> answers, StreamObserver<String> to) {
    answers.forEach(to::onNext);
    to.onCompleted();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
