package io.rserpool.wire;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/// What decoding one message brings to light besides the message: causes to report to its sender,
/// and unknown parameters that were passed over. Both are bounded, so that a hostile message cannot
/// make us keep or send much more than it had itself.
final class Findings {

  /// The most unknown parameters in one message: far beyond any extension that is in sight.
  static final int MAX_SKIPPED = 256;

  /// The most causes in one report.
  static final int MAX_REPORTS = 16;

  /// What fits into an ENRP_ERROR of 65535 bytes: less its header, two identifiers and the header
  /// of the Operation Error.
  static final int MAX_REPORT_SIZE = 65_532 - 4 - 8 - 4;

  private List<ErrorCause> reports = List.of();
  private List<UnknownParameter> skipped = List.of();
  private int reportSize;
  private boolean silent;

  /// Reports nothing from now on.
  void silence() {
    silent = true;
  }

  /// Takes [#silence] back.
  void speakAgain() {
    silent = false;
  }

  List<ErrorCause> reports() {
    return reports;
  }

  List<UnknownParameter> skipped() {
    return skipped;
  }

  /// Adds a cause, with the information cut to what still fits into an ERROR message.
  void report(CauseCode code, Octets about) {
    int room = MAX_REPORT_SIZE - reportSize - WireReader.HEADER_SIZE;
    if (silent || reports.size() == MAX_REPORTS || room < WireReader.HEADER_SIZE) {
      return;
    }
    Octets information = about.size() <= room ? about : Octets.copyOf(about.toBytes(), 0, room);
    if (reports.isEmpty()) {
      reports = new ArrayList<>();
    }
    reports.add(ErrorCause.of(code, information));
    reportSize += WireReader.HEADER_SIZE + (information.size() + 3 & ~3);
  }

  /// Passes over an unknown parameter, reports it and ends the message, as its two high bits demand
  /// (RFC 5354 section 3).
  ///
  /// @param whole the complete parameter without padding
  void unknownParameter(int offset, int type, Octets whole) {
    boolean skip = (type & 0x8000) != 0;
    if ((type & 0x4000) != 0) {
      report(CauseCode.UNRECOGNIZED_PARAMETER, whole);
    }
    if (!skip) {
      String text =
          ParameterType.textOf(type) + " is unknown, and its type says to drop the message";
      throw reject(FaultKind.UNKNOWN_PARAMETER, offset, text, whole);
    }
    if (skipped.size() == MAX_SKIPPED) {
      String text = "more than " + MAX_SKIPPED + " unknown parameters";
      throw reject(FaultKind.LIMIT_EXCEEDED, offset, text, Octets.EMPTY);
    }
    if (skipped.isEmpty()) {
      skipped = new ArrayList<>();
    }
    int headerSize = WireReader.HEADER_SIZE;
    Octets value = Octets.copyOf(whole.toBytes(), headerSize, whole.size() - headerSize);
    skipped.add(new UnknownParameter(offset, type, value));
  }

  /// The end of a bad message, with all that is to report so far.
  Rejection reject(FaultKind kind, int offset, String text, Octets offending) {
    return new Rejection(kind, offset, text, offending, reports);
  }
}
