package io.rserpool.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Real PostgreSQL servers, each registered in a pool by a process that lives and dies with it.
/// They run as another user where the tests run as root, which PostgreSQL refuses.
final class PostgresServers implements AutoCloseable {

  private final Path programs;
  private final Path home;
  private final List<String> asUser;
  private final String user;
  private final Stage stage;
  private final List<Server> servers = new ArrayList<>();

  /// One server and all its processes.
  record Server(RunningServer element, int port) {

    /// Sends a signal to the server, to each of its processes, and to the one that registered it.
    void signal(String signal) {
      List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
      command.add(Long.toString(element.process().pid()));
      ProcessHandle.of(element.process().pid()).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(process -> command.add(Long.toString(process.pid())));
      Shell.attempt(command.toArray(String[]::new));
    }
  }

  private PostgresServers(Path programs, Stage stage) throws IOException {
    this.programs = programs;
    this.stage = stage;
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    this.user = isRoot ? existingUser() : "";
    this.home =
        Files.createTempDirectory(
            "rserpool-postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (isRoot) {
      Shell.run("chown", user, home.toString());
    }
    this.asUser =
        isRoot
            ? List.of("setpriv", "--reuid", user, "--regid", group(user), "--clear-groups")
            : List.of("setpriv");
  }

  private static String existingUser() {
    return Shell.attempt("id", "postgres").exitCode() == 0 ? "postgres" : "nobody";
  }

  private static String group(String user) {
    return Shell.run("id", "-gn", user).strip();
  }

  /// The folder of PostgreSQL's programs, the newest version's, if it is installed.
  static Optional<Path> installed() {
    Path debian = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(debian)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(debian)) {
      List<Path> found = new ArrayList<>();
      versions.forEach(version -> found.add(version.resolve("bin")));
      return found.stream()
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes an empty database that each server gets a copy of.
  static PostgresServers prepare(Path programs, Stage stage) throws IOException {
    PostgresServers servers = new PostgresServers(programs, stage);
    servers.run(
        servers.program("initdb"), "-D", servers.folder(0), "-U", "app", "-A", "trust", "-N");
    return servers;
  }

  private void run(String... command) {
    List<String> all = new ArrayList<>(asUser);
    all.addAll(List.of(command));
    Shell.run(all.toArray(String[]::new));
  }

  private String program(String name) {
    return programs.resolve(name).toString();
  }

  private String folder(int number) {
    return home.resolve("data" + number).toString();
  }

  /// Starts one more server and waits until it is in the pool.
  Server start(String pool, String registrar) throws IOException {
    int number = servers.size() + 1;
    int port = freePort();
    run("cp", "-a", folder(0), folder(number));
    List<String> arguments = new ArrayList<>(List.of(pool, Integer.toString(port), registrar));
    arguments.add(asUser.getFirst());
    arguments.addAll(List.of("--pdeathsig", "KILL"));
    arguments.addAll(asUser.subList(1, asUser.size()));
    arguments.addAll(List.of(program("postgres"), "-D", folder(number)));
    arguments.addAll(List.of("-p", Integer.toString(port), "-k", home.toString(), "-F"));
    arguments.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
    CliProcess process =
        stage.add(
            CliProcess.start(
                List.of(), ProcessElementProgram.class, arguments.toArray(String[]::new)));
    String id = process.out().await("^serving .* element (\\S+)", CliProcess.LIMIT).group(1);
    Server server = new Server(new RunningServer(process, id), port);
    servers.add(server);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Server at(int port) {
    return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
  }

  @Override
  public void close() throws IOException {
    servers.forEach(server -> server.signal("KILL"));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
