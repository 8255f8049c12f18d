package io.rserpool.bench.takeover;

import io.rserpool.cli.logging.LogLevel;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.registrar.RegistrarResult;
import io.rserpool.protocol.Profile;
import io.rserpool.registrar.Registrar;
import io.rserpool.registrar.RegistrarConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A registrar, as the daemon runs it, that prints what it knows whenever that changes, with the time
/// in the nanoseconds of [System#nanoTime], which all processes of a machine share. It ends with its
/// input.
///
///     id 0x12345678
///     begun <ns> <peer>                            it begins to take a peer over
///     state <ns> <serving> <elements> <home>=<elements> ...
public final class ObservedRegistrar {

  private static final long POLL_MS = 3;

  private ObservedRegistrar() {}

  /// Arguments: profile, ASAP port, own ENRP port, ENRP ports of the others.
  public static void main(String[] args) throws InterruptedException {
    LogLevel.ERROR.choose();
    List<Endpoint> peers = new ArrayList<>();
    for (String port : List.of(args).subList(3, args.length)) {
      peers.add(loopback(port));
    }
    RegistrarConfig config =
        RegistrarConfig.defaults()
            .withProfile(Profile.parse(args[0]))
            .withAsap(List.of(loopback(args[1])))
            .withEnrp(List.of(loopback(args[2])))
            .withPeers(peers);
    Registrar registrar = Registrar.start(config, ObservedRegistrar::note);
    Thread.ofPlatform().daemon().start(ObservedRegistrar::endWithInput);
    System.out.println("id " + registrar.id());
    String before = "";
    while (true) {
      String now = describe(registrar.status());
      if (!now.equals(before)) {
        System.out.println("state " + System.nanoTime() + " " + now);
      }
      before = now;
      Thread.sleep(POLL_MS);
    }
  }

  private static Endpoint loopback(String port) {
    return Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", Integer.parseInt(port));
  }

  private static void note(Event event) {
    if (event instanceof PeerEvent.TakeoverBegun begun) {
      System.out.println("begun " + System.nanoTime() + " " + begun.peer());
    }
  }

  private static String describe(RegistrarResult.Status status) {
    StringBuilder line = new StringBuilder();
    line.append(status.serving()).append(' ').append(status.elements());
    line.append(' ').append(status.serverId()).append('=').append(status.ownElements());
    status
        .peers()
        .forEach(peer -> line.append(' ').append(peer.id()).append('=').append(peer.elements()));
    return line.toString();
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said there.
      }
    } catch (IOException _) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }
}
