/// What clients of the message protocols have in common: a conversation with a pool in whole
/// messages, whose loss is a thing that is heard like any other, and the time in which it happens.
/// Knows no protocol.
@NullMarked
package io.rserpool.services.user;

import org.jspecify.annotations.NullMarked;
