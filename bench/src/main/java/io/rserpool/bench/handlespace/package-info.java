/// How fast the handlespace is and how much memory it takes, by policy and pool size, and beside it
/// a plain red-black-tree handlespace, so that figures of different machines can be compared.
@NullMarked
package io.rserpool.bench.handlespace;

import org.jspecify.annotations.NullMarked;
