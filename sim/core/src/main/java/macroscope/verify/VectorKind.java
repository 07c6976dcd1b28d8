package macroscope.verify;

import macroscope.input.InputException;

/** A kind of vector file: which header it has, and how one of its rows is held against the models. */
interface VectorKind {

  /** Short name of the kind, as reports print it. */
  String name();

  /** The header that tells this kind from the others. */
  Columns columns();

  /** Whether rows pass or fail bit for bit; otherwise they are measurements of which errors are taken. */
  boolean exact();

  /**
   * Replays one row; called from many threads.
   *
   * @throws InputException if a field is not what its column must hold
   */
  Outcome replay(VectorRow row);
}
