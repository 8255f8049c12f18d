package io.rserpool.cli.console;

import io.rserpool.client.PolicyNotation;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.Locale;
import java.util.stream.Collectors;

/// Pool elements as people and programs read them.
public final class ElementText {
  private ElementText() {}

  /// `tcp://host:port` and the like; `-` for an absent one.
  public static String address(TransportAddress transport) {
    return switch (transport) {
      case AsapTransport.Absent _ -> "-";
      case TransportAddress.Opaque opaque -> "opaque:" + opaque.octets().toHex();
      case TransportAddress other ->
          other.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
              + "://"
              + other.addresses().stream().map(ElementText::host).collect(Collectors.joining("|"))
              + ":"
              + other.port();
    };
  }

  /// As [#address] for tables that people read; of elements over TCP it says which have a control
  /// channel, since users that do not know of it get nowhere. Over SCTP that is nothing special.
  public static String service(PoolElementParameter element) {
    TransportAddress transport = element.userTransport();
    return transport instanceof AsapTransport.Tcp
            && transport.use() == TransportUse.DATA_PLUS_CONTROL
        ? address(transport) + " with control channel"
        : address(transport);
  }

  /// Where registrars call the element; port 0 stands for an element that cannot be called.
  public static String callAddress(PoolElementParameter element) {
    return element.asapTransport().port() == 0 ? "-" : address(element.asapTransport());
  }

  /// How long the registration lasts without renewal.
  public static String life(PoolElementParameter element, Profile profile) {
    if (element.registrationLife() == PoolElementParameter.LIFE_INFINITE) {
      return "for ever";
    }
    return element.registrationLife() + (profile == Profile.RSPLIB ? " ms" : " s");
  }

  /// All that is known of an element.
  public static Json json(PoolElementParameter element) {
    Json json =
        new Json()
            .put("element", element.elementId().toString())
            .put("address", address(element.userTransport()))
            .put("controlChannel", element.userTransport().use() == TransportUse.DATA_PLUS_CONTROL)
            .put("policy", PolicyNotation.format(element.policy()));
    PolicyText.load(element.policy()).ifPresent(load -> json.put("load", load));
    return json.put("home", element.homeId().toString())
        .put("life", element.registrationLife())
        .put("asapAddress", callAddress(element));
  }

  private static String host(IpAddress address) {
    return address instanceof IpAddress.V6 ? "[" + address + "]" : address.toString();
  }
}
