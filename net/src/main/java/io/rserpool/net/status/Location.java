package io.rserpool.net.status;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Where a component is, in the form that rsplib uses: `host: address address`.
public final class Location {

  private Location() {}

  /// The name of this machine and some addresses. May wait for the name service.
  public static String of(List<String> addresses) {
    return host() + ": " + String.join(" ", addresses);
  }

  /// A machine whose own name the name service does not know is called `localhost`.
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }
}
