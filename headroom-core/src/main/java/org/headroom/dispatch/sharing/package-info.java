/**
 * Who shares energy with whom on a dispatched day, and who pays whom for it.
 *
 * <p>In: a {@link org.headroom.dispatch.DayOutcome}. Out: its {@link org.headroom.dispatch.sharing.Ledger}, every kWh of every step
 * from where it comes from to where it goes; the {@link org.headroom.dispatch.sharing.Settlement} of that day, a bill for each
 * payer; and {@link org.headroom.dispatch.sharing.FairSplit}, transfers that leave no one worse off than before. The paper leaves all
 * of this open; decisions 080 and 081 say what is assumed.
 */
@NullMarked
package org.headroom.dispatch.sharing;

import org.jspecify.annotations.NullMarked;
