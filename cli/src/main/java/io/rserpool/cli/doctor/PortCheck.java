package io.rserpool.cli.doctor;

import io.rserpool.cli.console.Addresses;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// Whether a registrar could listen on its usual port, or who is in the way.
final class PortCheck {
  private PortCheck() {}

  static Finding run(int port, Profile profile) {
    String subject = "port " + port;
    if (isFree(port)) {
      return Finding.ok(subject, "free for a registrar");
    }
    Optional<ProcessHandle> owner = PortOwner.of(port);
    String by = owner.map(PortCheck::describe).orElse("another process");
    Endpoint here = Endpoint.of(Endpoint.Scheme.TCP, "localhost", port);
    if (port == Addresses.ASAP_PORT && RegistrarCheck.answers(here, profile)) {
      return Finding.ok(subject, "in use by " + by + ", which answers as a registrar");
    }
    if (port == Addresses.ENRP_PORT && isAlsoRegistrar(owner)) {
      return Finding.ok(subject, "in use by " + by + ", the same registrar");
    }
    String option = port == Addresses.ASAP_PORT ? "--asap" : "--enrp";
    return Finding.problem(
        subject,
        "taken by " + by,
        "stop it, or give the registrar another port: " + option + " tcp://localhost:PORT");
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

  private static boolean isAlsoRegistrar(Optional<ProcessHandle> owner) {
    return owner.isPresent() && owner.equals(PortOwner.of(Addresses.ASAP_PORT));
  }

  private static String describe(ProcessHandle process) {
    String command = process.info().command().orElse("?");
    return "process " + process.pid() + " (" + command.replaceAll(".*/", "") + ")";
  }
}
