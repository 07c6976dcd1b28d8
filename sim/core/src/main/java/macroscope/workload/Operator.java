package macroscope.workload;

import java.util.Arrays;
import java.util.Optional;

/** The ONNX operators that a network may consist of. */
public enum Operator {
  GEMM("Gemm", 2, 3),
  MATMUL("MatMul", 2, 2),
  CONV("Conv", 2, 3),
  MAX_POOL("MaxPool", 1, 1),
  RELU("Relu", 1, 1),
  FLATTEN("Flatten", 1, 1),
  GATHER("Gather", 2, 2),
  ADD("Add", 2, 2),
  SUB("Sub", 2, 2),
  MUL("Mul", 2, 2),
  DIV("Div", 2, 2),
  REDUCE_MEAN("ReduceMean", 1, 2),
  SQRT("Sqrt", 1, 1),
  ERF("Erf", 1, 1),
  SOFTMAX("Softmax", 1, 1),
  RESHAPE("Reshape", 2, 2),
  TRANSPOSE("Transpose", 1, 1),
  IDENTITY("Identity", 1, 1);

  private final String onnxName;
  private final int minInputs;
  private final int maxInputs;

  Operator(String onnxName, int minInputs, int maxInputs) {
    this.onnxName = onnxName;
    this.minInputs = minInputs;
    this.maxInputs = maxInputs;
  }

  /** The name in the ONNX operator list. */
  public String onnxName() {
    return onnxName;
  }

  /** Whether a node of this operator may have so many inputs. */
  boolean takes(int inputs) {
    return inputs >= minInputs && inputs <= maxInputs;
  }

  static Optional<Operator> byOnnxName(String name) {
    return Arrays.stream(values()).filter(o -> o.onnxName.equals(name)).findFirst();
  }
}
