package io.rserpool.examples;

import io.rserpool.client.FailoverMode;
import io.rserpool.client.PoolSession;
import io.rserpool.client.SessionFailedException;
import io.rserpool.client.SessionOptions;
import java.time.Duration;

/// Repeats a question until some server has answered it: right where asking twice does no harm.
final class RepeatingClient {

  static final SessionOptions OPTIONS =
      SessionOptions.builder().mode(FailoverMode.MANUAL).readTimeout(Duration.ofSeconds(2)).build();

  private RepeatingClient() {}

  static String ask(PoolSession session, String question) {
    while (true) {
      try {
        return EchoClient.ask(session, question);
      } catch (SessionFailedException e) {
        System.out.println(e.getMessage());
        session.failover();
      }
    }
  }
}
