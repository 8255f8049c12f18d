/// What an implementation of SCTP has to offer to a [io.rserpool.net.Node]: the kernel's, or one in
/// user space. Stacks are found with [java.util.ServiceLoader] by [SctpStacks]; a node takes the
/// first one that serves the scheme of an address.
@NullMarked
package io.rserpool.net.sctp;

import org.jspecify.annotations.NullMarked;
