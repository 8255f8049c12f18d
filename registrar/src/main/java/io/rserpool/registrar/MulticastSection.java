package io.rserpool.registrar;

import io.rserpool.net.MulticastOptions;
import io.rserpool.protocol.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the section `multicast` of a configuration: the group for announcements, and, with keys that
/// begin with `enrp-`, the one in which registrars find each other. Both use one interface and TTL.
final class MulticastSection {

  private static final String ENABLED = "enabled";

  private static final List<String> KEYS =
      List.of(
          "multicast.enabled",
          "multicast.group",
          "multicast.port",
          "multicast.enrp-enabled",
          "multicast.enrp-group",
          "multicast.enrp-port",
          "multicast.interface",
          "multicast.ttl");

  private final YamlFile file;
  private final Profile profile;
  private MulticastOptions announcements = MulticastOptions.OFF;
  private MulticastOptions presences = MulticastOptions.OFF;

  MulticastSection(YamlFile file, Profile profile) {
    this.file = file;
    this.profile = profile;
  }

  /// Announcements are off if there is no such section, and on if it does not say. So are presences
  /// in profile `rsplib`; in the others they are off if it does not say.
  MulticastSection read(@Nullable Node node) {
    if (node == null) {
      return this;
    }
    announcements = MulticastOptions.of(profile);
    presences = MulticastOptions.ofPresence(profile);
    Map<String, Node> given = file.section("multicast", node);
    Node enabled = given.get(ENABLED);
    if (enabled != null) {
      read(ENABLED, enabled); // First, since it decides about presences that are not mentioned.
    }
    given.forEach((name, value) -> {
      if (!name.equals(ENABLED)) {
        read(name, value);
      }
    });
    return this;
  }

  MulticastOptions announcements() {
    return announcements;
  }

  MulticastOptions presences() {
    return presences;
  }

  private void read(String name, Node value) {
    String key = "multicast." + name;
    if (!KEYS.contains(key)) {
      file.unknown(key, value, KEYS);
      return;
    }
    file.text(key, value).ifPresent(this::set);
  }

  private void set(YamlFile.Text given) {
    String text = given.text();
    try {
      switch (given.key()) {
        case "multicast.enabled" -> {
          announcements = announcements.withEnabled(isOn(text));
          presences = presences.withEnabled(isOn(text) && presences.enabled());
        }
        case "multicast.group" -> announcements = announcements.withGroup(text);
        case "multicast.port" -> announcements = announcements.withPort(Integer.parseInt(text));
        case "multicast.enrp-enabled" -> presences = presences.withEnabled(isOn(text));
        case "multicast.enrp-group" -> presences = presences.withGroup(text);
        case "multicast.enrp-port" -> presences = presences.withPort(Integer.parseInt(text));
        case "multicast.ttl" -> {
          announcements = announcements.withTtl(Integer.parseInt(text));
          presences = presences.withTtl(Integer.parseInt(text));
        }
        default -> {
          announcements = announcements.withNetworkInterface(text);
          presences = presences.withNetworkInterface(text);
        }
      }
    } catch (IllegalArgumentException _) {
      file.mistake(given, expected(given.key()));
    }
  }

  private static String expected(String key) {
    return switch (key) {
      case "multicast.enabled", "multicast.enrp-enabled" -> "on or off";
      case "multicast.group" -> "a multicast address such as " + MulticastOptions.IANA_GROUP;
      case "multicast.enrp-group" ->
          "a multicast address such as " + MulticastOptions.PRESENCE_GROUP;
      case "multicast.port", "multicast.enrp-port" -> "a port from 1 to 65535";
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
}
