package macroscope.onnx;

import java.util.List;

/** What an operator does. */
@FunctionalInterface
interface Kernel {

  /**
   * The results of one operation. Types and shapes, and whether the operands fit, are found at once; the
   * elements of operands are looked at only where shapes depend on them.
   *
   * @throws macroscope.input.InputException naming the node, if it asks for what cannot be done
   */
  List<Result> apply(Call call);
}
