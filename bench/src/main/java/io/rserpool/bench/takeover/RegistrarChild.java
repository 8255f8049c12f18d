package io.rserpool.bench.takeover;

import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A registrar process, and what it tells.
///
/// @param id its identifier
/// @param process itself
/// @param views what it knows of the elements
/// @param begun peers that it began to take over
record RegistrarChild(
    ServerId id, Process process, Timeline<View> views, Timeline<ServerId> begun) {

  /// Starts one.
  ///
  /// @param ports its ASAP port, its ENRP port, and the ENRP ports of the others
  static RegistrarChild start(Profile profile, List<Integer> ports) throws IOException {
    List<String> args = new ArrayList<>(List.of(profile.toString()));
    ports.forEach(port -> args.add(port.toString()));
    Process process =
        ServerProcess.java(ObservedRegistrar.class.getName(), args.toArray(String[]::new));
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String first = output.readLine();
    if (first == null || !first.startsWith("id ")) {
      process.destroyForcibly();
      throw new IOException("expected a registrar to tell its identifier, but saw " + first);
    }
    RegistrarChild child =
        new RegistrarChild(
            View.serverId(first.substring("id ".length())),
            process,
            new Timeline<>(),
            new Timeline<>());
    Thread.ofPlatform().daemon().name("registrar-" + child.id).start(() -> child.read(output));
    return child;
  }

  private void read(BufferedReader output) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        List<String> words = List.of(line.split(" ", -1));
        long atNs = Long.parseLong(words.get(1));
        if (words.getFirst().equals("begun")) {
          begun.add(atNs, View.serverId(words.get(2)));
        } else {
          views.add(atNs, View.parse(words.subList(2, words.size())));
        }
      }
    } catch (IOException _) {
      // It was killed.
    }
  }

  /// Whether its latest view is such that it serves, and every element has one of these homes, each
  /// of which it knows.
  boolean agrees(List<ServerId> living, int elements) {
    return views
        .last()
        .filter(view -> view.hasAllWith(living, elements))
        .filter(view -> view.homes().keySet().containsAll(living))
        .isPresent();
  }

  /// Kills it, and waits until it is gone.
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
