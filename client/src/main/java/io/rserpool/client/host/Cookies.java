package io.rserpool.client.host;

import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.engine.session.cookie.CookieSettings;
import java.util.function.Supplier;

/// What a host does with the cookies of its service: users carry them from one element to the next,
/// and must neither read nor change them.
///
/// ```java
/// HostOptions.builder(handle)
///     .cookies(Cookies.sealed(CookieKeyFile.open(Path.of("cookie.keys"))))
/// ```
public sealed interface Cookies {

  /// Cookies travel as the service makes them, and whatever users show is given to the service: it
  /// has to expect anything. Needed beside servers that seal nothing, such as those of rsplib.
  Cookies PLAIN = Unsealed.PLAIN;

  /// Encrypted and authenticated with keys that all servers of the pool have.
  ///
  /// @param keys the keys
  /// @param settings the settings
  record Sealed(Supplier<CookieKeys> keys, CookieSettings settings) implements Cookies {}

  /// Without a seal.
  enum Unsealed implements Cookies {
    /// As [Cookies#PLAIN].
    PLAIN,
    /// Nothing was said: a service that sends a cookie is told what to do. In profile `rsplib`, as
    /// [#PLAIN].
    UNDECIDED
  }

  /// Encrypted and authenticated with these keys, taken for an hour.
  ///
  /// @param keys the keys
  /// @return the cookies
  static Cookies sealed(CookieKeys keys) {
    return new Sealed(() -> keys, CookieSettings.defaults());
  }

  /// Encrypted and authenticated with the keys of a file, whose changes are noticed; taken for an
  /// hour.
  ///
  /// @param file the file
  /// @return the cookies
  static Cookies sealed(CookieKeyFile file) {
    return new Sealed(file, CookieSettings.defaults());
  }
}
