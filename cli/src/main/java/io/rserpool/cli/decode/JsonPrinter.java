package io.rserpool.cli.decode;

import io.rserpool.cli.console.Json;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.UnknownParameter;
import io.rserpool.wire.capture.CaptureNote;
import io.rserpool.wire.capture.CapturedMessage;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/// One JSON object a line, for scripts.
final class JsonPrinter implements Printer {

  private final PrintWriter out;

  JsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void message(CapturedMessage captured, Decoding decoding) {
    Json json =
        new Json()
            .put("frame", captured.frame())
            .put("time", captured.time().toString())
            .put("source", captured.source().toString())
            .put("destination", captured.destination().toString())
            .put("carrier", captured.carrier().toString());
    out.println(with(json, decoding));
  }

  @Override
  public void message(Decoding decoding) {
    out.println(with(new Json(), decoding));
  }

  @Override
  public void note(CaptureNote note) {
    out.println(new Json().put("frame", note.frame()).put("note", note.text()));
  }

  private static Json with(Json json, Decoding decoding) {
    json.put("protocol", decoding.protocol().toString()).put("size", decoding.size());
    for (Node message : decoding.tree()) {
      json.put("message", node(message));
    }
    switch (decoding.decoded()) {
      case Decoded.Fault<?> fault ->
          json.put(
              "fault",
              new Json()
                  .put("kind", fault.kind().toString())
                  .put("offset", fault.offset())
                  .put("text", fault.text())
                  .put("offending", fault.offending().toHex()));
      case Decoded.Message<?> message ->
          json.put("skipped", message.skipped().stream().map(JsonPrinter::skipped).toList());
    }
    json.put("reports", decoding.decoded().reports().stream().map(JsonPrinter::report).toList());
    return json.put("writtenAgain", decoding.again().toString().toLowerCase(Locale.ROOT));
  }

  private static Json node(Node node) {
    Json json = new Json().put("offset", node.offset()).put("name", node.name());
    node.fields().forEach(json::put);
    return json.put(
        "parameters", node.inner().stream().map(inner -> node(inner).members()).toList());
  }

  private static Map<String, Object> skipped(UnknownParameter skipped) {
    return new Json()
        .put("offset", skipped.offset())
        .put("type", skipped.type())
        .put("value", skipped.value().toHex())
        .members();
  }

  private static Map<String, Object> report(ErrorCause report) {
    return new Json()
        .put("code", report.code())
        .put("text", report.cause().text())
        .put("information", report.information().toHex())
        .members();
  }
}
