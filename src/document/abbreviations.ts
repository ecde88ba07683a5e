/**
 * Words that end in a full stop without ending a sentence: a constant table and nothing else.
 *
 * Lower case, without the last full stop. Which list a word stands in says what may follow it.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Always followed by more of the same sentence: titles before names, "vs.", "e.g.". */
export const NEVER_LAST = words(
  'mr mrs ms messrs mx dr prof rev hon gen brig col lt capt cpt sgt cpl pvt cmdr adm maj gov sen rep reps sens pres amb supt det insp fr mt ft vs viz cf ca approx e.g i.e eg ie al.e gebr st ste esp incl resp',
)

/** Followed by a number: "No. 5", "Fig. 3", "pp. 7–9", "Feb. 11". */
export const BEFORE_NUMBER = words(
  'no nos nr fig figs eq eqs eqn vol vols p pp pg par sec secs sect ch chap art ed eds tab ex ref refs jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun',
)

/** May end a sentence or stand inside one; the next word decides. */
export const PERHAPS_LAST = words(
  'inc ltd corp co cos bros llc plc jr sr etc al dept univ assn bldg ave blvd rd est hwy sq a.m p.m am pm u.s u.s.a u.k u.n e.u d.c l.a n.y u.a.e ph.d m.d b.a m.a b.sc m.sc b.s m.s m.b.a d.phil esq jan feb mar apr jun jul aug sept oct nov dec fig figs vol ed eds min max ex gal lb lbs oz hr hrs sec yr yrs',
)

/** Words that, capitalised after such an abbreviation, begin a sentence; names do not. */
export const BEGINNERS = words(
  "the a an this that these those it its it's he she they we i you his her their our your my in on at for from with by as of to into after before during since until while when where why how what who which if although though because but and or so yet nor however meanwhile moreover furthermore additionally also then there here now today yesterday tomorrow still instead thus therefore hence according despite under over about among between some many most more all both each every no not one two three other another such even only just despite let's that's there's he's she's they're we're i'm don't is are was were has have had do does did can could will would should may might must",
)
