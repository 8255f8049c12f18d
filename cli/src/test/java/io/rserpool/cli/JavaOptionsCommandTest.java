package io.rserpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaOptionsCommandTest {

  @TempDir private Path folder;

  @Test
  void plainPathIsPrintedAsItIsForTheShell() {
    assertThat(JavaOptionsCommand.options("a/b.jar:c.jar")).endsWith(" -cp a/b.jar:c.jar");
  }

  @Test
  void javaReadsAPathWithSpacesFromAFileOfOptions() throws IOException, InterruptedException {
    String path = folder + "/my programs/a\\b \"c\".jar";
    Path options = folder.resolve("java.options");
    Path program = folder.resolve("Show.java");
    Files.writeString(options, JavaOptionsCommand.options(path));
    Files.writeString(
        program, "void main() { IO.println(System.getProperty(\"java.class.path\")); }");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options,
                program.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.strip()).isEqualTo(path);
  }
}
