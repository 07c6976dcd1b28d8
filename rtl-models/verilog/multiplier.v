// Exact product of two unsigned magnitudes.
module multiplier #(
  parameter A_BITS = 4,
  parameter B_BITS = 4
) (
  input  [A_BITS-1:0]        a,
  input  [B_BITS-1:0]        b,
  output [A_BITS+B_BITS-1:0] product
);
  assign product = a * b;
endmodule
