package io.rserpool.cli.dump;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks one registrar for everything, step by step. A registrar that is still starting refuses its
/// list and table; it is asked again until the time limit passes.
final class RegistrarInquiry {
  private static final Duration REFUSAL_PAUSE = Duration.ofMillis(250);

  private final EnrpConversation conversation;
  private ServerId id = ServerId.NONE;
  private ServerInformation information = ServerInformation.NONE;
  private int checksum = -1;

  RegistrarInquiry(EnrpConversation conversation) {
    this.conversation = conversation;
  }

  /// Asks for everything.
  ///
  /// @param ownOnly only elements whose home is this registrar
  /// @throws RefusedException if the registrar refuses until the time limit
  RegistrarView run(boolean ownOnly) throws IOException {
    conversation.send(
        new EnrpPresence(ServerId.NONE, ServerId.NONE, true, 0, ServerInformation.NONE));
    List<ServerInformation> peers = peers();
    Map<PoolHandle, List<PoolElementParameter>> pools = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      EnrpHandleTableResponse page = page(ownOnly);
      for (PoolEntry entry : page.pools()) {
        pools.computeIfAbsent(entry.handle(), _ -> new ArrayList<>()).addAll(entry.elements());
      }
      more = page.moreToSend();
    }
    List<PoolEntry> entries =
        pools.entrySet().stream().map(e -> new PoolEntry(e.getKey(), e.getValue())).toList();
    List<ServerInformation> others =
        peers.stream().filter(peer -> !peer.serverId().equals(id)).toList();
    return new RegistrarView(id, information, checksum, others, entries);
  }

  private List<ServerInformation> peers() throws IOException {
    while (true) {
      conversation.send(new EnrpListRequest(ServerId.NONE, id));
      EnrpListResponse response = await(EnrpListResponse.class);
      if (!response.rejected()) {
        return response.servers();
      }
      pauseAfterRefusal("list of peers");
    }
  }

  private EnrpHandleTableResponse page(boolean ownOnly) throws IOException {
    while (true) {
      conversation.send(new EnrpHandleTableRequest(ServerId.NONE, id, ownOnly));
      EnrpHandleTableResponse response = await(EnrpHandleTableResponse.class);
      if (!response.rejected()) {
        return response;
      }
      pauseAfterRefusal("handlespace");
    }
  }

  private <M extends EnrpMessage> M await(Class<M> wanted) throws IOException {
    while (true) {
      EnrpMessage message = conversation.receive();
      id = message.sender();
      switch (message) {
        case EnrpPresence presence -> {
          checksum = presence.checksum();
          information = presence.serverInformation();
        }
        case EnrpError error ->
            throw new IOException("it answered with an error: " + error.causes());
        case EnrpMessage other -> {
          if (wanted.isInstance(other)) {
            return wanted.cast(other);
          }
        }
      }
    }
  }

  private void pauseAfterRefusal(String what) throws IOException {
    if (conversation.isOver()) {
      throw new RefusedException("registrar " + id + " refuses to give its " + what);
    }
    try {
      Thread.sleep(REFUSAL_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// The registrar is not ready, or does not want to.
  static final class RefusedException extends IOException {
    RefusedException(String message) {
      super(message);
    }
  }
}
