"""Words that change nothing, and words that turn everything round. All folded (`kit.folding`)."""

from __future__ import annotations

from twiza.kit.folding import fold_words


def _tokens(text: str) -> frozenset[str]:
    return frozenset(fold_words(text).split())


# Greetings, thanks, articles, "order", "number": may stand anywhere in a command.
FILLERS = _tokens(
    """
    merci beaucoup bcp svp stp s il vous te plait bonjour bjr bonsoir bsr salut slt cc coucou allo
    madame monsieur mme mr cher chere
    pour la le les l de des du d un une cette cet ce ces mes mon notre nos votre vos leur
    commande commandes commmande comande commende cmd cmde cde numero num no n nr ref reference colis
    est a ete etait j je ai c cest on nous avons avez sont suis et aussi bien deja aujourd hui hier matin soir maintenant
    tout toute entierement voila bonne journee soiree a bientot cordialement
    amana ctm poste barid suivi code tracking aramex transporteur
    please thanks thank thx you the order number for hello hi dear i we have has been is it my our was and now
    salam slm salamo salamou salamu assalam alikom 3likom 3likoum alaykom alaykoum 3alaykom 3alaykoum aleikoum labas
    chokran choukran chukran chokrane shukran allah lah yhafdek yhfdek ibarek barak lah fik fikom 3afak 3afakom afak
    dyal diyal dial dyalna dyali dyalkom lcommande lcommand lkomand lkomande lkomanda komanda komande commanda lcmd komandat
    talab ltalab talabiya talabia ltalabiya ra9m raqm rqm rakm khouya khoya khti sidi lalla rah raha hadi had hada dik
    lah ykhlik ykhelik ykhalik ybarek bslama i3awn lay3awnek yrham lwalidin lhamdollah lhamdoulah hamdoullah l7amdolah bzaf
    hahiya chno chnou chnahiya kayn kayna f ch w o ou wa daba lyoum lyouma ana hna
    شكرا جزيلا من فضلك فضلكم لطفا السلام سلام عليكم ورحمة الله وبركاته مرحبا اهلا الطلب طلب الطلبية طلبية للطلب للطلبية
    لطلبية لطلب رقم الرقم برقم هذا هذه هذي قد لقد على في تم عافاك عفاك عافاكم خويا اختي ديال ديالنا ديالي راه راها
    هاد ها الكوموند لكوموند كوموند كوماند لكوماند الكوماند بارك فيك فيكم جزاك خيرا صباح مساء الخير النور يا و انا حنا
    نحن اليوم دابا الان هي هو شنو كاين يرحم والديك الوالدين الحمد لله شكرن
    azul tanmmirt tanemmirt tanmirt s n ⴰⵣⵓⵍ ⵜⴰⵏⵎⵎⵉⵔⵜ
    """
)

# Whoever writes one of these near a command may mean the opposite.
NEGATIONS = _tokens(
    """
    ne pas jamais aucun aucune rien sans plus pasencore
    not never don dont isn isnt wont cannot didn didnt cant
    mazal mazala mazel mazalt machi mashi maxi bla
    لم لن ليس ليست لسنا مازال مازالت مازلت مازلنا ماشي بدون ما لا
    ur our war ⵓⵔ
    """
)

# `No 1523` is a number in French and a refusal in English; `safi` is "enough" and "all right"; `mandat 482` says neither
# yes nor no. They are asked back.
TWO_MEANINGS = _tokens("no safi صافي mandat mandate تفويض")


def negates(words: list[str]) -> bool:
    """`ne … pas`, `n'…`, `ma … ch` in one word or two, `ما … ش`, and their kind."""
    return any(_negates(word, following) for word, following in zip(words, [*words[1:], ""], strict=False))


def _negates(word: str, following: str) -> bool:
    if word == "n":
        return following.isalpha()
    if word == "ma":
        return following.endswith(("ch", "sh", "x", "chi"))
    if word in NEGATIONS:
        return True
    in_one_word = word.startswith("ma") and word.endswith(("ch", "sh", "x", "chi")) and len(word) > 5
    return in_one_word or (word.startswith("ما") and word.endswith("ش") and len(word) > 4)
