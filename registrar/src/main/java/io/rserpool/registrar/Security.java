package io.rserpool.registrar;

import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.net.tls.TlsOptions;
import java.nio.file.Path;
import java.util.List;

/// How a registrar is secured.
///
/// @param tls whether and how all associations are
/// @param policy the file that says who may do what, or none: then the roles in the names of
///     certificates do
/// @param allowsInsecure whether it may listen beyond this machine without TLS
public record Security(TlsOptions tls, List<Path> policy, boolean allowsInsecure) {

  /// No TLS, on this machine only.
  public static final Security NONE = new Security(TlsOptions.OFF, List.of(), false);

  /// Checks the values.
  public Security {
    policy = List.copyOf(policy);
    if (policy.size() > 1) {
      throw new IllegalArgumentException(
          "there is one policy file at most, but these are " + policy);
    }
    if (!policy.isEmpty() && !tls.isOn()) {
      throw new IllegalArgumentException(
          "the policy " + policy.getFirst() + " needs TLS: without it nobody proves who he is");
    }
  }

  /// Who may do what, as the policy file has it at this moment.
  ///
  /// @throws ConfigException if the file cannot be read, or has mistakes
  AccessPolicy access() {
    if (!tls.isOn()) {
      return AccessPolicy.OPEN;
    }
    return policy.isEmpty() ? AccessPolicy.ofRoles() : PolicyFile.load(policy.getFirst());
  }

  /// TLS, with the roles that names of certificates have.
  ///
  /// @param tls the certificate and its key
  public static Security of(TlsOptions tls) {
    return new Security(tls, List.of(), false);
  }

  /// The same with a policy file.
  ///
  /// @param file who may do what
  public Security withPolicy(Path file) {
    return new Security(tls, List.of(file), allowsInsecure);
  }

  /// The same, but beyond this machine without TLS as well.
  public Security allowingInsecure() {
    return new Security(tls, policy, true);
  }
}
