package io.rserpool.bench.peering;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A registrar's whole table, fetched page by page by somebody who keeps no handlespace.
///
/// @param elements all of them, in the order in which they came
/// @param pages how many responses it took
/// @param bytes of these
/// @param requestSize bytes of each request
/// @param ns how long it took
record Table(List<PoolElementParameter> elements, int pages, long bytes, int requestSize, long ns) {

  Table {
    elements = List.copyOf(elements);
  }

  /// Fetches it as somebody without a name, whom registrars answer without taking notice.
  static Table fetch(int port) throws IOException {
    byte[] request =
        EnrpLine.CODEC.encode(new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, false));
    List<PoolElementParameter> elements = new ArrayList<>();
    int pages = 0;
    try (EnrpLine line = new EnrpLine(port)) {
      long startNs = System.nanoTime();
      boolean more = true;
      while (more) {
        line.send(request);
        EnrpHandleTableResponse page = line.await(EnrpHandleTableResponse.class);
        if (page.rejected()) {
          throw new IOException("expected a table, but the registrar rejects the request");
        }
        page.pools().forEach(pool -> elements.addAll(pool.elements()));
        more = page.moreToSend();
        pages++;
      }
      long ns = System.nanoTime() - startNs;
      return new Table(elements, pages, line.bytesRead(), request.length, ns);
    }
  }

  /// The mean size of a page.
  int pageSize() {
    return Math.toIntExact(bytes / pages);
  }

  double seconds() {
    return ns / 1e9;
  }
}
