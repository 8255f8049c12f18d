package io.rserpool.gateway.names;

import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.SettingTexts;
import io.rserpool.gateway.call.FactorySettings;
import io.rserpool.gateway.call.PoolCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the settings and opens what is needed when the first pool is looked up, not before: most
/// programs never do, and the runtime asks for a resolver very early.
final class LazyLookups implements PoolLookup {

  private final SettingTexts texts;
  private final Map<GatewaySettings, PoolLookup> opened = new LinkedHashMap<>();

  private LazyLookups(SettingTexts texts) {
    this.texts = texts;
  }

  static LazyLookups of(SettingTexts texts) {
    return new LazyLookups(texts);
  }

  /// @throws IllegalArgumentException if a setting is mistaken
  @Override
  public List<InetAddress> addresses(String host) throws IOException {
    return lookup().addresses(host);
  }

  private synchronized PoolLookup lookup() {
    GatewaySettings settings = settings();
    PoolLookup lookup = opened.get(settings);
    if (lookup == null) {
      lookup = open(settings);
      opened.put(settings, lookup);
    }
    return lookup;
  }

  /// Those of the process; where it names no registrar, those of its socket factory.
  private GatewaySettings settings() {
    return texts.text("registrars", "").isEmpty()
        ? FactorySettings.newest().orElseGet(() -> GatewaySettings.of(texts))
        : GatewaySettings.of(texts);
  }

  private PoolLookup open(GatewaySettings settings) {
    String mode = texts.text("names.mode", "elements");
    return switch (mode) {
      // Sockets of a factory find out by themselves who lets callers in.
      case "elements" ->
          new ElementLookup(
              PoolCaller.shared(settings),
              texts.flag("names.probe", FactorySettings.newest().isEmpty()));
      case "listener" -> new ListenerLookup(settings, ports(texts));
      default ->
          throw new IllegalArgumentException(
              "setting names.mode is elements, listener or off, but this is '" + mode + "'");
    };
  }

  private static List<Integer> ports(SettingTexts texts) {
    List<Integer> ports = new ArrayList<>();
    for (String text : texts.list("names.ports", "")) {
      if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
        throw new IllegalArgumentException(
            "setting names.ports has numbers from 1 to 65535, but this is '" + text + "'");
      }
      ports.add(Integer.valueOf(text));
    }
    if (ports.isEmpty() || ports.contains(0)) {
      throw new IllegalArgumentException(
          "setting names.ports names the ports at which the listeners of names.mode=listener"
              + " listen, such as 80,8080, but is "
              + ports);
    }
    return List.copyOf(ports);
  }
}
