package io.rserpool.cli.decode;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.UnknownParameter;
import io.rserpool.wire.capture.CaptureNote;
import io.rserpool.wire.capture.CapturedMessage;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;

/// A tree for people: the offset in front, the parameters indented by their depth.
final class TextPrinter implements Printer {

  private final PrintWriter out;

  TextPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void message(CapturedMessage captured, Decoding decoding) {
    out.printf(
        "frame %d  %s  %s > %s  %s%n",
        captured.frame(),
        captured.time(),
        captured.source(),
        captured.destination(),
        captured.carrier());
    message(decoding);
  }

  @Override
  public void message(Decoding decoding) {
    if (decoding.tree().isEmpty()) {
      out.printf("%s message, %d bytes%n", decoding.protocol(), decoding.size());
    }
    for (Node message : decoding.tree()) {
      out.printf("%s  %d bytes  %s%n", message.name(), decoding.size(), fields(message.fields()));
      message.inner().forEach(parameter -> parameter(parameter, 1));
    }
    findings(decoding.decoded());
    out.println("  written again: " + decoding.again().text());
    out.println();
  }

  @Override
  public void note(CaptureNote note) {
    String where = note.frame() == 0 ? "" : " at frame " + note.frame();
    out.println("note" + where + ": " + note.text());
  }

  private void parameter(Node node, int depth) {
    out.printf("%s%04x  %s", "  ".repeat(depth), node.offset(), node.name());
    out.println(node.fields().isEmpty() ? "" : "  " + fields(node.fields()));
    node.inner().forEach(inner -> parameter(inner, depth + 1));
  }

  private void findings(Decoded<?> decoded) {
    switch (decoded) {
      case Decoded.Fault<?> fault -> {
        out.printf("  fault at %04x: %s (%s)%n", fault.offset(), fault.text(), fault.kind());
        if (!fault.offending().isEmpty()) {
          out.println("  offending: " + fault.offending().toHex());
        }
      }
      case Decoded.Message<?> message -> {
        for (UnknownParameter skipped : message.skipped()) {
          out.printf(
              "  skipped at %04x: unknown parameter 0x%04x%n", skipped.offset(), skipped.type());
        }
      }
    }
    for (ErrorCause report : decoded.reports()) {
      out.println("  to be reported: " + report);
    }
  }

  private static String fields(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + " " + field.getValue())
        .collect(Collectors.joining("  "));
  }
}
