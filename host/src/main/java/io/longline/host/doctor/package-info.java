/**
 * What {@code longline doctor} looks at: whether a machine, its folders and its ledger are such
 * that a host works on them. Nothing is changed, and no network is needed but that to the ledger's
 * server. The entry point is {@link io.longline.host.doctor.Doctor}; each check is a small class
 * that is given what it looks at.
 */
@NullMarked
package io.longline.host.doctor;

import org.jspecify.annotations.NullMarked;
