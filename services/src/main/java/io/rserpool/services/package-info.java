/// Small servers and clients that show a pool at work. They use the public client library as any
/// other program would, and must not know more of RSerPool than it tells.
@NullMarked
package io.rserpool.services;

import org.jspecify.annotations.NullMarked;
