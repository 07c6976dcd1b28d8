// The sums of every subset of INPUTS integers: entry i lies at entries[i*BITS +: BITS], and bit k of i is
// 1 where input k takes part.
module subset_sums #(
  parameter OPERAND_BITS = 8,
  parameter INPUTS       = 4,
  parameter BITS         = 10
) (
  input  [INPUTS*OPERAND_BITS-1:0] operands,
  output [(1<<INPUTS)*BITS-1:0]    entries
);
  localparam HALF = 1 << (INPUTS - 1);

  wire [BITS-1:0]      last;
  wire [HALF*BITS-1:0] before;
  resize #(.FROM(OPERAND_BITS), .TO(BITS), .SIGNED(1)) widen (
    .number(operands[(INPUTS-1)*OPERAND_BITS +: OPERAND_BITS]), .resized(last));
  assign entries[HALF*BITS-1:0] = before;
  genvar i;
  generate
    if (INPUTS == 1) begin : one
      assign before = {BITS{1'b0}};
      assign entries[BITS +: BITS] = last;
    end else begin : more
      subset_sums #(.OPERAND_BITS(OPERAND_BITS), .INPUTS(INPUTS - 1), .BITS(BITS)) rest (
        .operands(operands[(INPUTS-1)*OPERAND_BITS-1:0]), .entries(before));
      assign entries[HALF*BITS +: BITS] = last;
      for (i = 1; i < HALF; i = i + 1) begin : entry
        adder #(.BITS(BITS)) add (
          .x(last), .y(before[i*BITS +: BITS]), .sum(entries[(HALF+i)*BITS +: BITS]));
      end
    end
  endgenerate
endmodule
