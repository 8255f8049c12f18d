package io.rserpool.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build has written into the jar.
final class Version implements IVersionProvider {
  private static final String WRITTEN_BY_BUILD =
      "/META-INF/maven/io.rserpool/rserpool-cli/pom.properties";

  @Override
  public String[] getVersion() {
    Properties properties = new Properties();
    try (InputStream in = Main.class.getResourceAsStream(WRITTEN_BY_BUILD)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {
      "rserpool " + properties.getProperty("version", "(not packaged)"),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
