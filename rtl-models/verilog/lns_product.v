// Product of two numbers of the logarithmic number system: their logarithms are added, with as many
// fraction bits as the product has (A_UP and B_UP more than the operands). Not for NaN.
module lns_product #(
  parameter A_BITS = 8,
  parameter A_UP   = 0,
  parameter B_BITS = 8,
  parameter B_UP   = 0,
  parameter C_BITS = 8
) (
  input  [A_BITS-1:0] a,
  input  [B_BITS-1:0] b,
  output [C_BITS-1:0] product
);
  localparam A_WIDE = A_BITS + A_UP > C_BITS ? A_BITS + A_UP : C_BITS;
  localparam WIDE   = B_BITS + B_UP > A_WIDE ? B_BITS + B_UP : A_WIDE;

  wire [WIDE-1:0] a_logarithm;
  wire [WIDE-1:0] b_logarithm;
  wire [WIDE-1:0] sum;
  resize #(.FROM(A_BITS - 1), .TO(WIDE), .SIGNED(1)) widen_a (
    .number(a[A_BITS-2:0]), .resized(a_logarithm));
  resize #(.FROM(B_BITS - 1), .TO(WIDE), .SIGNED(1)) widen_b (
    .number(b[B_BITS-2:0]), .resized(b_logarithm));
  adder #(.BITS(WIDE)) add (.x(a_logarithm << A_UP), .y(b_logarithm << B_UP), .sum(sum));

  wire a_zero = a == {2'b01, {(A_BITS - 2){1'b0}}};
  wire b_zero = b == {2'b01, {(B_BITS - 2){1'b0}}};
  lns_fit #(.WIDE(WIDE), .BITS(C_BITS)) fit (
    .present(~(a_zero | b_zero)), .negative(a[A_BITS-1] ^ b[B_BITS-1]), .logarithm(sum),
    .code(product));
endmodule
