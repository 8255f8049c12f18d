/// gRPC over pools. Targets `rserpool:///PoolHandle` flow in; out come connections to the elements
/// that a registrar pushes, a choice by the pool's policy for each call (RFC 5356), and calls that
/// are repeated elsewhere when their element is gone. It must not know any gRPC transport.
@NullMarked
package io.rserpool.grpc;

import org.jspecify.annotations.NullMarked;
