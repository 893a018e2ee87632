"""All styles of the corpus, in the order seeds count them."""

from engine.training.corpus.style import Style
from engine.training.corpus.styles.ambient import AMBIENT
from engine.training.corpus.styles.ballad import BALLAD
from engine.training.corpus.styles.blues import BLUES
from engine.training.corpus.styles.bossa import BOSSA
from engine.training.corpus.styles.chamber import CHAMBER
from engine.training.corpus.styles.cinematic import CINEMATIC
from engine.training.corpus.styles.country import COUNTRY
from engine.training.corpus.styles.drum_and_bass import DRUM_AND_BASS
from engine.training.corpus.styles.funk import FUNK
from engine.training.corpus.styles.hip_hop import HIP_HOP
from engine.training.corpus.styles.house import HOUSE
from engine.training.corpus.styles.latin import LATIN
from engine.training.corpus.styles.lofi import LO_FI
from engine.training.corpus.styles.pop import POP
from engine.training.corpus.styles.reggae import REGGAE
from engine.training.corpus.styles.rock import ROCK
from engine.training.corpus.styles.soul import SOUL
from engine.training.corpus.styles.swing import SWING
from engine.training.corpus.styles.synthwave import SYNTHWAVE
from engine.training.corpus.styles.techno import TECHNO

STYLES: tuple[Style, ...] = (
    POP, ROCK, BALLAD, FUNK, SOUL, HOUSE, TECHNO, HIP_HOP,
    LO_FI, REGGAE, BOSSA, SWING, COUNTRY, CINEMATIC, AMBIENT, SYNTHWAVE,
    BLUES, DRUM_AND_BASS, LATIN, CHAMBER,
)  # fmt: skip
