package macroscope.hardware;

/** What stays in a unit from one pass to the next, and with it the order of its passes. */
public enum Stationary {
  /** The sum: all passes of one result follow each other. */
  SUM,
  /** The right operand: all rows of the left one go by before it changes. */
  RIGHT,
  /** The left operand. */
  LEFT
}
