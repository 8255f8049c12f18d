package io.rserpool.registrar;

import io.rserpool.net.MulticastOptions;
import io.rserpool.protocol.Profile;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the section `multicast` of a configuration.
final class MulticastSection {

  private static final List<String> KEYS =
      List.of(
          "multicast.enabled",
          "multicast.group",
          "multicast.port",
          "multicast.interface",
          "multicast.ttl");

  private final YamlFile file;
  private MulticastOptions options;

  MulticastSection(YamlFile file, Profile profile) {
    this.file = file;
    this.options = MulticastOptions.of(profile);
  }

  /// The options; off if there is no such section, on if it does not say.
  MulticastOptions read(@Nullable Node node) {
    if (node == null) {
      return MulticastOptions.OFF;
    }
    file.section("multicast", node).forEach((name, value) -> read("multicast." + name, value));
    return options;
  }

  private void read(String key, Node value) {
    if (!KEYS.contains(key)) {
      file.unknown(key, value, KEYS);
      return;
    }
    file.text(key, value).ifPresent(this::set);
  }

  private void set(YamlFile.Text given) {
    try {
      options =
          switch (given.key()) {
            case "multicast.enabled" -> withEnabled(isOn(given.text()));
            case "multicast.group" -> withGroup(given.text());
            case "multicast.port" -> withPort(Integer.parseInt(given.text()));
            case "multicast.ttl" -> withTtl(Integer.parseInt(given.text()));
            default -> withInterface(given.text());
          };
    } catch (IllegalArgumentException _) {
      file.mistake(given, expected(given.key()));
    }
  }

  private static String expected(String key) {
    return switch (key) {
      case "multicast.enabled" -> "on or off";
      case "multicast.group" -> "a multicast address such as " + MulticastOptions.IANA_GROUP;
      case "multicast.port" -> "a port from 1 to 65535";
      case "multicast.ttl" -> "a number from 0 to 255";
      default -> "the name of a network interface such as eth0";
    };
  }

  private static boolean isOn(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private MulticastOptions withEnabled(boolean enabled) {
    return new MulticastOptions(
        enabled, options.group(), options.port(), options.networkInterface(), options.ttl());
  }

  private MulticastOptions withGroup(String group) {
    return new MulticastOptions(
        options.enabled(), group, options.port(), options.networkInterface(), options.ttl());
  }

  private MulticastOptions withPort(int port) {
    return new MulticastOptions(
        options.enabled(), options.group(), port, options.networkInterface(), options.ttl());
  }

  private MulticastOptions withInterface(String name) {
    return new MulticastOptions(
        options.enabled(), options.group(), options.port(), name, options.ttl());
  }

  private MulticastOptions withTtl(int ttl) {
    return new MulticastOptions(
        options.enabled(), options.group(), options.port(), options.networkInterface(), ttl);
  }
}
