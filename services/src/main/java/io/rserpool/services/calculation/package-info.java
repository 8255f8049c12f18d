/// The messages of CalcApp. Bytes flow in and out of records; there is no behaviour here.
@NullMarked
package io.rserpool.services.calculation;

import org.jspecify.annotations.NullMarked;
