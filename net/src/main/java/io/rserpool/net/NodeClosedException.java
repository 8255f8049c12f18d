package io.rserpool.net;

/// The node is closed, or has failed; a retry needs a new node.
public final class NodeClosedException extends NetException {

  NodeClosedException(String name) {
    super("node '" + name + "' is closed");
  }
}
