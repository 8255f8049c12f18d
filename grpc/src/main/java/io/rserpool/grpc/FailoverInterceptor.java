package io.rserpool.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/// Lets calls outlive the servers that were to answer them.
///
/// A call that may be repeated and has one request goes to another element when its own fails it
/// (`UNAVAILABLE`), and when the registrar removes that element: a frozen one never says anything. The
/// first attempt whose answer begins is the one that the caller sees; the others are cancelled. All
/// other calls pass through as they are.
///
/// Put it before all interceptors that have to see each attempt; those that are called before it
/// see the call as one.
public final class FailoverInterceptor implements ClientInterceptor {

  private final FailoverOptions options;

  /// With the default options: what is declared idempotent is repeated.
  public FailoverInterceptor() {
    this(FailoverOptions.defaults());
  }

  /// With the given options.
  public FailoverInterceptor(FailoverOptions options) {
    this.options = options;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions callOptions, Channel next) {
    return method.getType().clientSendsOneMessage() && options.isRepeatable().test(method)
        ? new RepeatedCall<>(method, callOptions, next, options)
        : next.newCall(method, callOptions);
  }
}
