package io.rserpool.net;

import io.netty.channel.IoEventLoop;
import io.rserpool.engine.AssociationId;
import io.rserpool.runtime.TimeSource;
import io.rserpool.runtime.Transport;

/// What the transports of a node share: its thread, its clock, and whom to tell.
///
/// Everything happens on the event loop's thread.
interface NodeContext extends TimeSource {

  /// The node's event loop.
  IoEventLoop eventLoop();

  /// The host; a defect that shows in it stops the node.
  Transport.Events events();

  /// Tells what the network has met.
  void observe(NetEvent event);

  /// Stops the node, loudly: something here is broken.
  void defect(Throwable cause);

  /// The number of the next association that is accepted.
  AssociationId nextAcceptedId();

  /// To be called after each batch of events: sends what they brought about, and minds the timers.
  void settle();
}
