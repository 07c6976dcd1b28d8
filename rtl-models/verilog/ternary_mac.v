// Integers times ternary weights without multipliers: LENGTH gates and negations, an exact adder tree,
// one accumulator. Twin of macroscope.unit.MacUnit with a SignSelection and an Accumulation.IntegerSum.
//
// A pass enters each clock cycle: a and b are registered, and the next edge loads the sum. The pass
// with first = 1 starts a sum from addend, which is read in the cycle after its operands entered.
// Element k lies at a[k*A_BITS +: A_BITS].
module ternary_mac #(
  parameter A_BITS     = 8,
  parameter A_SIGNED   = 1,
  parameter LENGTH     = 1,
  parameter ACC_BITS   = 32,
  parameter SATURATING = 0
) (
  input                      clk,
  input                      first,
  input  [LENGTH*A_BITS-1:0] a,
  input  [LENGTH*2-1:0] b,
  input  [ACC_BITS-1:0]      addend,
  output reg [ACC_BITS-1:0]  sum
);
  localparam TERM_BITS = A_BITS + 1;
  localparam PASS_BITS = TERM_BITS + $clog2(LENGTH);

  reg                     first_entered;
  reg [LENGTH*A_BITS-1:0] a_entered;
  reg [LENGTH*2-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*TERM_BITS-1:0] terms;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      ternary_lane #(.A_BITS(A_BITS), .A_SIGNED(A_SIGNED)) select (
        .a(a_entered[k*A_BITS +: A_BITS]),
        .weight(b_entered[k*2 +: 2]),
        .term(terms[k*TERM_BITS +: TERM_BITS]));
    end
  endgenerate

  wire [PASS_BITS-1:0] pass;
  adder_tree #(.TERMS(LENGTH), .BITS(TERM_BITS), .SIGNED(1)) tree (
    .terms(terms), .sum(pass));

  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PASS_BITS), .PASS_SIGNED(1), .ACC_BITS(ACC_BITS), .SATURATING(SATURATING)
  ) accumulate (
    .accumulator(first_entered ? addend : sum), .pass(pass), .next(next));

  always @(posedge clk) sum <= next;
endmodule
