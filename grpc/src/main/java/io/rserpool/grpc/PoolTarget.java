package io.rserpool.grpc;

import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a target says: `rserpool:///PoolHandle`, `rserpool://registrar:3863/PoolHandle`, several
/// registrars with commas between them, `rserpool://one,two:3863/PoolHandle`, where the port at the
/// end is everybody's: a URI has one port only (RFC 3986 section 3.2). Those with ports of their own
/// stand in the query, `?registrar=one:4000,two:5000`. The query also says what gRPC itself may
/// retry, `?retry=package.Service,package.Other/Method`.
///
/// @param registrars where to ask; empty for those that the resolver has by itself
/// @param handle the bytes of the path, percent-decoded
/// @param retried services and methods that gRPC itself may retry; `*` is all of them
record PoolTarget(List<Endpoint> registrars, PoolHandle handle, List<String> retried) {

  private static final String REGISTRAR = "registrar=";
  private static final String RETRY = "retry=";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  PoolTarget {
    registrars = List.copyOf(registrars);
    retried = List.copyOf(retried);
  }

  /// Reads a target.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  static PoolTarget parse(URI target) {
    String path = target.getRawPath();
    if (path == null || path.length() < 2 || path.charAt(0) != '/') {
      throw unexpected(target);
    }
    List<Endpoint> registrars = new ArrayList<>(authority(target.getRawAuthority()));
    List<String> retried = new ArrayList<>();
    String query = target.getQuery();
    for (String part : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
      if (part.startsWith(RETRY)) {
        retried.addAll(listed(part, RETRY));
      } else if (part.startsWith(REGISTRAR)) {
        listed(part, REGISTRAR).forEach(one -> registrars.add(endpoint(one, Scope.DEFAULT_PORT)));
      } else {
        throw unexpected(target);
      }
    }
    return new PoolTarget(registrars, handle(target, path.substring(1)), retried);
  }

  private static List<Endpoint> authority(@Nullable String authority) {
    if (authority == null) {
      return List.of();
    }
    List<String> hosts = List.of(authority.split(",", -1));
    int port = endpoint(hosts.getLast(), Scope.DEFAULT_PORT).port();
    return hosts.stream().map(host -> endpoint(host, port)).toList();
  }

  private static Endpoint endpoint(String host, int port) {
    return Endpoint.parse("tcp://" + host, port);
  }

  private static List<String> listed(String part, String key) {
    return List.of(part.substring(key.length()).split(",", -1));
  }

  private static PoolHandle handle(URI target, String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < encoded.length()) {
      int escape = encoded.indexOf('%', at);
      int end = escape < 0 ? encoded.length() : escape;
      bytes.writeBytes(encoded.substring(at, end).getBytes(StandardCharsets.UTF_8));
      at = end;
      if (escape >= 0) {
        if (escape + 3 > encoded.length()) {
          throw unexpected(target);
        }
        bytes.write(HexFormat.fromHexDigits(encoded, escape + 1, escape + 3));
        at = escape + 3;
      }
    }
    return new PoolHandle(Octets.of(bytes.toByteArray()));
  }

  private static IllegalArgumentException unexpected(URI target) {
    return new IllegalArgumentException(
        "a target is written rserpool:///PoolHandle or rserpool://registrar:3863/PoolHandle,"
            + " with ?registrar=host:port or ?retry=package.Service after it, but this is '"
            + target
            + "'");
  }

  /// The text of the target for a pool that the resolver's own registrars know.
  static String textOf(PoolHandle handle) {
    return RserpoolNameResolverProvider.SCHEME + ":///" + escaped(handle);
  }

  /// The name by which servers are called in requests and certificates.
  String authority() {
    return escaped(handle);
  }

  /// The handle, with escapes where a host name cannot have its bytes.
  private static String escaped(PoolHandle handle) {
    StringBuilder name = new StringBuilder();
    for (byte octet : handle.octets().toBytes()) {
      char letter = (char) (octet & 0xff);
      boolean isPlain =
          (letter < 0x80 && Character.isLetterOrDigit(letter)) || "-._~".indexOf(letter) >= 0;
      if (isPlain) {
        name.append(letter);
      } else {
        name.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return name.toString();
  }
}
