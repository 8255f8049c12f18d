package io.rserpool.cli.survey;

import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.time.Duration;

/// How registrars are asked.
///
/// @param profile the behaviour of their scope
/// @param tls whether and as whom they are called
/// @param limit how long each of them may take
public record Approach(Profile profile, TlsOptions tls, Duration limit) {

  /// All parts are needed.
  public Approach {}
}
