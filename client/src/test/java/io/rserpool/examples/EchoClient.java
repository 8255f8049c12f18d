package io.rserpool.examples;

import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;
import java.nio.charset.StandardCharsets;

/// A user of the pool `EchoPool`, whichever of its servers are alive.
final class EchoClient {

  private EchoClient() {}

  static String ask(PoolSession session, String question) {
    session.send(question.getBytes(StandardCharsets.UTF_8));
    byte[] answer = new byte[1_000];
    int size = session.receive(answer);
    return new String(answer, 0, size, StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) {
    SessionOptions options =
        SessionOptions.builder()
            .listener((_, move) -> System.out.println("now served by " + move.newElement()))
            .build();
    try (PoolUser user = PoolUser.open(Scope.defaults());
        PoolSession session = user.connect(PoolHandle.of("EchoPool"), options)) {
      System.out.println(ask(session, "hello"));
    }
  }
}
