package io.rserpool.gateway;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How a host name names a pool: `PG.pool.rserpool` is the pool with the handle `PG`.
///
/// What stands before the suffix is the handle: its UTF-8 form, with `%` and two hexadecimal digits
/// for any other byte; or `0x` and hexadecimal digits, as handles are shown. The suffix is found in
/// whatever case it is written, the handle is taken as it is written.
///
/// Host names know no case, pool handles do, and the protocol cannot look for a handle regardless
/// of its case. Where a program turns host names into lower case, a handle with capitals is
/// therefore found if it is among the [#known] ones, or if it is written as `0x` and digits.
///
/// @param suffix what follows the handle and its dot, in lower case
/// @param known handles that are also meant when they are written in another case
public record PoolNames(String suffix, List<String> known) {

  /// The suffix unless told otherwise.
  public static final String DEFAULT_SUFFIX = "pool.rserpool";

  public PoolNames {
    suffix = suffix.toLowerCase(Locale.ROOT);
    known = List.copyOf(known);
    if (suffix.isEmpty() || suffix.startsWith(".") || suffix.endsWith(".")) {
      throw new IllegalArgumentException(
          "a suffix of pool names is written as "
              + DEFAULT_SUFFIX
              + ", but this is '"
              + suffix
              + "'");
    }
  }

  /// Names below `pool.rserpool`, without known handles.
  public static PoolNames defaults() {
    return new PoolNames(DEFAULT_SUFFIX, List.of());
  }

  /// Whether a host name is one of a pool, well written or not.
  public boolean isPool(String host) {
    String name = withoutRoot(host);
    int dot = name.length() - suffix.length() - 1;
    return dot >= 0
        && name.charAt(dot) == '.'
        && name.regionMatches(true, dot + 1, suffix, 0, suffix.length());
  }

  /// The handles that a host name may mean: first as it is written, then the known one that differs
  /// in case.
  ///
  /// @return empty if the host name is not one of a pool
  /// @throws IllegalArgumentException if it is one, but not well written
  public List<PoolHandle> handles(String host) {
    if (!isPool(host)) {
      return List.of();
    }
    String name = withoutRoot(host);
    String label = name.substring(0, name.length() - suffix.length() - 1);
    try {
      Optional<String> other = known.stream().filter(label::equalsIgnoreCase).findFirst();
      return Stream.concat(Stream.of(decode(label)), other.map(PoolHandle::of).stream())
          .distinct()
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a pool's name is written HANDLE.%s, with %%41 or 0x41 for bytes, but this is '%s': %s"
              .formatted(suffix, host, e.getMessage()),
          e);
    }
  }

  private static String withoutRoot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static PoolHandle decode(String label) {
    if (label.matches("0[xX]([0-9a-fA-F]{2})+")) {
      return new PoolHandle(Octets.of(HexFormat.of().parseHex(label, 2, label.length())));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] text = label.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '%') {
        if (i + 2 >= text.length) {
          throw new IllegalArgumentException("two hexadecimal digits are missing after %");
        }
        bytes.write(HexFormat.fromHexDigits(label(text, i + 1)));
        i += 2;
      } else {
        bytes.write(text[i]);
      }
    }
    return new PoolHandle(Octets.of(bytes.toByteArray()));
  }

  private static String label(byte[] text, int at) {
    return new String(text, at, 2, StandardCharsets.ISO_8859_1);
  }
}
