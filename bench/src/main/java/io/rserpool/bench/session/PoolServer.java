package io.rserpool.bench.session;

import io.rserpool.cli.logging.LogLevel;
import io.rserpool.client.PolicyNotation;
import io.rserpool.client.Scope;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.client.host.SessionInput;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.SortedMap;

/// An echo server of a pool in a process of its own, to be killed, stopped or cut off. Prints its port
/// when it is registered; `mark` and `tell` are about the users who came since.
public final class PoolServer {

  static final PoolHandle POOL = PoolHandle.of("bench");

  /// No herd is turned away.
  private static final int SESSIONS_MAX = 20_000;

  private PoolServer() {}

  /// Arguments: profile, address of a registrar, own address, identifier, policy.
  public static void main(String[] args) throws IOException {
    LogLevel.ERROR.choose();
    Scope scope = Scope.of(args[1]).withProfile(Profile.parse(args[0]));
    Buckets users = new Buckets();
    Service echo =
        session -> {
          users.count(1, System.nanoTime());
          while (session.receive() instanceof SessionInput.Data(var message)) {
            session.send(message);
          }
        };
    HostOptions options =
        HostOptions.builder(POOL)
            .address(IpAddress.ofBytes(InetAddress.getByName(args[2]).getAddress()))
            .elementId(ElementId.of(Integer.parseInt(args[3])))
            .policy(PolicyNotation.parse(args[4]))
            .maxSessions(SESSIONS_MAX)
            .idleTimeout(Duration.ZERO)
            .build();
    ServiceHost host = ServiceHost.start(scope, echo, options);
    System.out.println(host.port());
    Talker.listen(question -> answer(question, users, host));
  }

  private static String answer(String question, Buckets users, ServiceHost host) {
    if (question.equals("mark")) {
      users.mark(System.nanoTime());
    }
    SortedMap<String, Long> figures = users.figures();
    figures.put("open", (long) host.sessions());
    return Words.write(figures);
  }
}
