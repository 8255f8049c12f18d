package io.rserpool.bench.small;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The Java that runs the program: the whole platform, and an image with nothing but the modules that the
/// jars need.
///
/// @param jdk the whole platform
/// @param image the image
/// @param modules what it has
record Runtimes(Path jdk, Path image, String modules) {

  /// Makes the image, as docs/small-devices.md says it.
  static Runtimes make(Path folder, Jars jars) throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home"));
    List<String> ask =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin/jdeps").toString(),
                "--multi-release",
                "" + Runtime.version().feature(),
                "--ignore-missing-deps",
                "--print-module-deps"));
    jars.files().forEach(jar -> ask.add(jar.toString()));
    String modules = Commands.output(ask).strip();
    Path image = folder.resolve("image");
    Commands.output(
        List.of(
            jdk.resolve("bin/jlink").toString(),
            "--add-modules",
            modules,
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-6",
            "--vm",
            "server",
            "--output",
            image.toString()));
    return new Runtimes(jdk, image, modules);
  }

  static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  void print() throws IOException {
    System.out.printf(
        "%nimage: %,d KiB (the JDK: %,d KiB), modules %s%n",
        bytes(image) / 1024, bytes(jdk) / 1024, modules);
  }
}
