package io.rserpool.bench.small;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// What a pool user has on its class path: the client library and what that needs, picked out of all that
/// the benchmarks have. Whatever is missing here fails when the program runs with it.
///
/// @param files all of them, the program's own jar last
record Jars(List<Path> files) {

  private static final List<String> NEEDED =
      List.of(
          "rserpool-protocol-",
          "rserpool-wire-",
          "rserpool-engine-",
          "rserpool-runtime-",
          "rserpool-net-",
          "rserpool-client-",
          "netty-buffer-",
          "netty-codec-base-",
          "netty-common-",
          "netty-handler-",
          "netty-resolver-",
          "netty-transport-4",
          "netty-transport-classes-epoll-",
          "netty-transport-native-unix-common-",
          "slf4j-api-");

  private static final String PROGRAM = "io/rserpool/bench/small/SmallUser.class";

  /// Copies them into a folder, so that they stay as they are.
  static Jars in(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(jar -> NEEDED.stream().anyMatch(fileName(jar)::startsWith))
            .map(jar -> copy(jar, folder))
            .sorted()
            .toList();
    Path program = folder.resolve("small-user.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(program));
        InputStream code = Jars.class.getClassLoader().getResourceAsStream(PROGRAM)) {
      if (code == null) {
        throw new IOException("the class path has no " + PROGRAM);
      }
      jar.putNextEntry(new JarEntry(PROGRAM));
      code.transferTo(jar);
      jar.closeEntry();
    }
    return new Jars(Stream.concat(libraries.stream(), Stream.of(program)).toList());
  }

  private static Path copy(Path jar, Path folder) {
    try {
      return Files.copy(jar, folder.resolve(fileName(jar)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileName(Path jar) {
    return String.valueOf(jar.getFileName());
  }

  String classPath() {
    return String.join(File.pathSeparator, files.stream().map(Path::toString).toList());
  }

  /// Bytes of those whose name begins so.
  long bytes(String prefix) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += fileName(file).startsWith(prefix) ? Files.size(file) : 0;
    }
    return bytes;
  }

  void print() throws IOException {
    System.out.printf("%njars                                  | KiB%n");
    for (Path file : files) {
      System.out.printf("%-37s | %,6d%n", fileName(file), Files.size(file) / 1024);
    }
    System.out.printf(
        "all %d: %,d KiB, of which rserpool %,d, netty %,d%n",
        files.size(), bytes("") / 1024, bytes("rserpool-") / 1024, bytes("netty-") / 1024);
  }
}
