package io.rserpool.services;

import io.rserpool.services.fractal.FractalService;
import io.rserpool.services.host.Service;
import io.rserpool.services.stream.StreamService;
import java.util.List;

/// The services that come with the library.
public final class Services {

  private static final List<Service> ALL =
      List.of(
          StreamService.ECHO,
          StreamService.DISCARD,
          StreamService.DAYTIME,
          StreamService.CHARGEN,
          new FractalService());

  private Services() {}

  /// Their names, in the order in which they are shown.
  public static List<String> names() {
    return ALL.stream().map(Service::label).toList();
  }

  /// The service with that name.
  ///
  /// @throws IllegalArgumentException that names those there are
  public static Service named(String name) {
    for (Service service : ALL) {
      if (service.label().equals(name)) {
        return service;
      }
    }
    throw new IllegalArgumentException(
        "a service is one of " + String.join(", ", names()) + ", but this is '" + name + "'");
  }
}
