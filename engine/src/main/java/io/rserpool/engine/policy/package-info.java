/// How a pool chooses among its elements: one rule for each policy of RFC 5356, of the drafts and
/// of rsplib, and the interface by which new ones are plugged in without touching the handlespace.
@NullMarked
package io.rserpool.engine.policy;

import org.jspecify.annotations.NullMarked;
