package io.rserpool.registrar.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes label values of texts for people, in which peers may have a say: the label of the first word
/// that is in the text, or [#OTHER]. So there are only as many as are written here.
final class Words {

  static final String OTHER = "other";

  /// What somebody wanted that the policy does not let him have.
  static final Words WANTED =
      new Words()
          .first("resolve ", "resolve")
          .first("watch ", "watch")
          .first("report ", "report")
          .first("call by ENRP", "call_enrp")
          .first("call by ASAP", "call_asap")
          .first("accept a call", "answer")
          .first("stay", "stay");

  /// What is limited.
  static final Words LIMIT =
      new Words()
          .first("registrations", "registrations")
          .first("deregistrations", "registrations")
          .first("handle resolutions", "resolutions")
          .first("unreachable reports", "reports")
          .first("subscriptions", "subscriptions")
          .first("new associations", "associations")
          .first("associations", "associations")
          .first("elements", "elements");

  /// Why a connection was not let in.
  static final Words REFUSAL =
      new Words().is("a second", "rate").is("too many associations", "associations");

  /// Why a handshake failed, in the words of the platform and of BoringSSL. The first ones are the most
  /// telling.
  static final Words HANDSHAKE =
      new Words()
          .is("CertificateExpired", "expired")
          .is("CERTIFICATE_EXPIRED", "expired")
          .is("CertificateNotYetValid", "not_yet_valid")
          .is("not an SSL/TLS", "no_tls")
          .is("HTTP_REQUEST", "no_tls")
          .is("PEER_DID_NOT_RETURN_A_CERTIFICATE", "no_certificate")
          .is("Empty client certificate chain", "no_certificate")
          .is("signature check failed", "unknown_authority")
          .is("trust anchors", "unknown_authority")
          .is("unable to find valid certification path", "unknown_authority")
          .is("CERTIFICATE_UNKNOWN", "distrusted")
          .is("BAD_CERTIFICATE", "distrusted")
          .is("UNKNOWN_CA", "distrusted")
          .is("certificate_unknown", "distrusted")
          .is("bad_certificate", "distrusted")
          .is("unknown_ca", "distrusted")
          .is("protocol_version", "version")
          .is("UNSUPPORTED_PROTOCOL", "version")
          .is("NO_SHARED_CIPHER", "no_common_suite")
          .is("handshake_failure", "no_common_suite")
          .is("oldest", "made_room")
          .is("no message within", "silent")
          .is("timed out", "timeout")
          .is("reset", "hung_up")
          .is("closed", "hung_up");

  /// @param isFirst whether a text has to begin with it, since the rest is a peer's
  private record Word(String word, boolean isFirst, String label) {
    boolean isIn(String text) {
      return isFirst ? text.startsWith(word) : text.contains(word);
    }
  }

  private final List<Word> words = new ArrayList<>();

  private Words() {}

  private Words is(String word, String label) {
    words.add(new Word(word, false, label));
    return this;
  }

  private Words first(String word, String label) {
    words.add(new Word(word, true, label));
    return this;
  }

  String of(String text) {
    return words.stream()
        .filter(word -> word.isIn(text))
        .map(Word::label)
        .findFirst()
        .orElse(OTHER);
  }

  /// All that [#of] gives.
  List<String> all() {
    return Stream.concat(words.stream().map(Word::label), Stream.of(OTHER)).distinct().toList();
  }
}
