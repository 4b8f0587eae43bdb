"""What a request means, before it is sent. Read top to bottom:

- `request_preview`: the whole of it, and the order of its cards;
- `context`: a request with all that its cards are made of, and what a card is;
- `day_cards`: what I have, what I ask, what I have sent before; `remarks`: what the rules remark;
- `money_cards`: what it does to my payments; `payments`: how much that is, by the law's own breakdown;
- `case_cards`: what I must bring, who decides, and what if I stay away before the answer;
- `overlap`: what is said already of the same days;
- `record`: the sentences that stood before sending, to be kept with the request.
"""
