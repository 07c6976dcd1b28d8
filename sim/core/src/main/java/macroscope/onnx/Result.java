package macroscope.onnx;

import java.util.List;
import java.util.function.Supplier;

/**
 * What an operation gives: type and shape at once, the elements when asked for.
 *
 * @param ofShapes whether the elements follow from the shapes of the operands alone
 */
@SuppressWarnings("ArrayRecordComponent")
record Result(ElementType type, int[] shape, Supplier<double[]> values, boolean ofShapes) {

  /** The only result of an operation. */
  static List<Result> one(ElementType type, int[] shape, Supplier<double[]> values) {
    return List.of(new Result(type, shape, values, false));
  }

  /** Elements of the operand as they are, under another shape. */
  static List<Result> reshaped(Call call, int[] shape) {
    return one(call.operand(0).type(), shape, () -> call.values(0));
  }

  Tensor tensor() {
    return new Tensor(type, shape, values.get());
  }
}
