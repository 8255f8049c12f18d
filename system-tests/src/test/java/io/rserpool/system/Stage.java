package io.rserpool.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processes of one test; closing ends all of them, in whatever state they are. What they
/// printed is kept in the directory that the system property `rserpool.logs` names, if it is set.
final class Stage implements AutoCloseable {
  private final List<CliProcess> processes = new ArrayList<>();

  /// Starts a command.
  CliProcess start(String... arguments) {
    return add(CliProcess.start(arguments));
  }

  /// Takes care of a process.
  CliProcess add(CliProcess process) {
    processes.add(process);
    return process;
  }

  /// Starts a registrar on free ports of this machine and waits until it is ready.
  RunningRegistrar registrar(String... more) {
    return registrar(List.of(), more);
  }

  /// Starts a registrar with options for its virtual machine.
  RunningRegistrar registrar(List<String> jvmOptions, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("registrar", "--asap=tcp://127.0.0.1:0", "--enrp=tcp://127.0.0.1:0"));
    arguments.addAll(List.of(more));
    CliProcess process =
        add(CliProcess.start(List.of(), jvmOptions, arguments.toArray(String[]::new)));
    return RunningRegistrar.await(process);
  }

  /// Starts a registrar at given addresses and waits until it is ready.
  RunningRegistrar registrarAt(String asap, String enrp) {
    return RunningRegistrar.await(start("registrar", "--asap=" + asap, "--enrp=" + enrp));
  }

  /// Starts a server and waits until it is in its pool.
  RunningServer serve(RunningRegistrar registrar, String service, String... more) {
    return serve(registrar.asap(), service, more);
  }

  /// Starts a server and waits until it is in its pool.
  RunningServer serve(String registrar, String service, String... more) {
    List<String> arguments = new ArrayList<>(List.of("serve", service, "--registrar=" + registrar));
    arguments.addAll(List.of(more));
    return RunningServer.await(start(arguments.toArray(String[]::new)));
  }

  @Override
  public void close() {
    processes.forEach(CliProcess::close);
    processes.forEach(CliProcess::awaitExit);
    String directory = System.getProperty("rserpool.logs");
    if (directory != null) {
      processes.forEach(process -> keep(process, Path.of(directory)));
    }
  }

  private static void keep(CliProcess process, Path directory) {
    String text = process + "\n" + process.out().text() + "\n" + process.err().text() + "\n";
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("process-" + process.pid() + ".log"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
