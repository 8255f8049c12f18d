package io.rserpool.cli.doctor;

import io.rserpool.cli.console.Addresses;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.function.Function;

/// Whether a registrar could listen on its usual port, or who is in the way.
final class PortCheck {
  private PortCheck() {}

  /// The port of elements and users.
  static Finding asap(Profile profile, TlsOptions tls) {
    return run(
        asapPort(tls),
        "--asap",
        tls,
        owner -> answers(profile, tls) ? "which answers as a registrar" : "");
  }

  /// The port of other registrars.
  static Finding enrp(TlsOptions tls) {
    int port = tls.isOn() ? Addresses.ENRP_TLS_PORT : Addresses.ENRP_PORT;
    return run(
        port, "--enrp", tls, owner -> isAlsoRegistrar(owner, tls) ? "the same registrar" : "");
  }

  private static int asapPort(TlsOptions tls) {
    return tls.isOn() ? Addresses.ASAP_TLS_PORT : Addresses.ASAP_PORT;
  }

  private static Endpoint.Scheme scheme(TlsOptions tls) {
    return tls.isOn() ? Endpoint.Scheme.TLS : Endpoint.Scheme.TCP;
  }

  private static boolean answers(Profile profile, TlsOptions tls) {
    Endpoint here = Endpoint.of(scheme(tls), "localhost", asapPort(tls));
    return RegistrarCheck.answers(here, profile, tls);
  }

  /// @param option by which a registrar gets another port
  /// @param known who that is if it is a registrar; empty if it is none
  private static Finding run(
      int port, String option, TlsOptions tls, Function<Optional<ProcessHandle>, String> known) {
    String subject = "port " + port;
    if (isFree(port)) {
      return Finding.ok(subject, "free for a registrar");
    }
    Optional<ProcessHandle> owner = PortOwner.of(port);
    String by = owner.map(PortCheck::describe).orElse("another process");
    String who = known.apply(owner);
    if (!who.isEmpty()) {
      return Finding.ok(subject, "in use by " + by + ", " + who);
    }
    return Finding.problem(
        subject,
        "taken by " + by,
        "stop it, or give the registrar another port: "
            + option
            + " "
            + scheme(tls)
            + "://localhost:PORT");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isAlsoRegistrar(Optional<ProcessHandle> owner, TlsOptions tls) {
    return owner.isPresent() && owner.equals(PortOwner.of(asapPort(tls)));
  }

  private static String describe(ProcessHandle process) {
    String command = process.info().command().orElse("?");
    return "process " + process.pid() + " (" + command.replaceAll(".*/", "") + ")";
  }
}
