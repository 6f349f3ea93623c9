<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>ActionTable</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;New lab</source>
        <translation>&amp;Nouveau laboratoire</translation>
    </message>
    <message>
        <source>Begin with an empty drawing</source>
        <translation>Commencer par un dessin vide</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>Open a lab file</source>
        <translation>Ouvrir le fichier d’un laboratoire</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Write the lab to its file</source>
        <translation>Écrire le laboratoire dans son fichier</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Enregistrer &amp;sous…</translation>
    </message>
    <message>
        <source>Write the lab to another file</source>
        <translation>Écrire le laboratoire dans un autre fichier</translation>
    </message>
    <message>
        <source>Save a &amp;picture…</source>
        <translation>Enregistrer une i&amp;mage…</translation>
    </message>
    <message>
        <source>Write the drawing as SVG or PNG</source>
        <translation>Écrire le dessin en SVG ou en PNG</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fermer la fenêtre</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Édition</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Take the last gesture back; time stays where it is</source>
        <translation>Reprendre le dernier geste ; le temps reste où il est</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Refaire ce qui a été repris</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>C&amp;oller</translation>
    </message>
    <message>
        <source>Copies of what was remembered, and the links between them</source>
        <translation>Des copies de ce qui a été retenu, avec les liaisons qui les joignent</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Dupliquer</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Remove what is selected, and what spoke of it</source>
        <translation>Enlever ce qui est sélectionné, et ce qui en parlait</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Tout sélectionner</translation>
    </message>
    <message>
        <source>Select all nodes</source>
        <translation>Sélectionner tous les nœuds</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>C&amp;hercher…</translation>
    </message>
    <message>
        <source>Go to a node or link by its name</source>
        <translation>Aller à un nœud ou à une liaison par son nom</translation>
    </message>
    <message>
        <source>Against accidents in front of a class</source>
        <translation>Contre les accidents devant une classe</translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation>&amp;Dessin</translation>
    </message>
    <message>
        <source>&amp;Select and move</source>
        <translation>&amp;Sélectionner et déplacer</translation>
    </message>
    <message>
        <source>Select, move, and nothing else</source>
        <translation>Sélectionner, déplacer, et rien d’autre</translation>
    </message>
    <message>
        <source>&amp;Router</source>
        <translation>&amp;Routeur</translation>
    </message>
    <message>
        <source>Every click places a router</source>
        <translation>Chaque clic pose un routeur</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Hôte</translation>
    </message>
    <message>
        <source>Every click places a host</source>
        <translation>Chaque clic pose un hôte</translation>
    </message>
    <message>
        <source>&amp;Link</source>
        <translation>&amp;Liaison</translation>
    </message>
    <message>
        <source>Draw cables from node to node</source>
        <translation>Tirer des câbles de nœud en nœud</translation>
    </message>
    <message>
        <source>L&amp;AN</source>
        <translation>L&amp;AN</translation>
    </message>
    <message>
        <source>A click on a router gives it a LAN</source>
        <translation>Un clic sur un routeur lui donne un LAN</translation>
    </message>
    <message>
        <source>&amp;Building around the selected</source>
        <translation>&amp;Bâtiment autour de la sélection</translation>
    </message>
    <message>
        <source>A building, AS or site that holds the selected nodes</source>
        <translation>Un bâtiment, un AS ou un site qui contient les nœuds sélectionnés</translation>
    </message>
    <message>
        <source>Lay &amp;out</source>
        <translation>&amp;Disposer</translation>
    </message>
    <message>
        <source>Give every node a place anew</source>
        <translation>Donner à chaque nœud une nouvelle place</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>E&amp;xécution</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>Au &amp;début</translation>
    </message>
    <message>
        <source>The instant the lab is switched on</source>
        <translation>L’instant où le laboratoire est mis sous tension</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>Changement précédent</translation>
    </message>
    <message>
        <source>Back to the change of a table before</source>
        <translation>Revenir au changement de table précédent</translation>
    </message>
    <message>
        <source>Previous event</source>
        <translation>Événement précédent</translation>
    </message>
    <message>
        <source>Back to the event before</source>
        <translation>Revenir à l’événement précédent</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Lecture</translation>
    </message>
    <message>
        <source>Let time pass, or stop it</source>
        <translation>Laisser passer le temps, ou l’arrêter</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>Événement suivant</translation>
    </message>
    <message>
        <source>On to the next event</source>
        <translation>Avancer jusqu’à l’événement suivant</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Changement suivant</translation>
    </message>
    <message>
        <source>On to the next change of a table</source>
        <translation>Avancer jusqu’au prochain changement de table</translation>
    </message>
    <message>
        <source>Run until &amp;converged</source>
        <translation>Jusqu’à la &amp;convergence</translation>
    </message>
    <message>
        <source>Until nothing changes any more by itself</source>
        <translation>Jusqu’à ce que plus rien ne change de soi-même</translation>
    </message>
    <message>
        <source>Next s&amp;tep of the lab</source>
        <translation>É&amp;tape suivante du laboratoire</translation>
    </message>
    <message>
        <source>The lab file&apos;s next step, and what it expects</source>
        <translation>L’étape suivante du laboratoire, et ce qu’elle attend</translation>
    </message>
    <message>
        <source>&amp;Begin anew</source>
        <translation>&amp;Recommencer</translation>
    </message>
    <message>
        <source>Switch the lab on again, as it is drawn now</source>
        <translation>Remettre le laboratoire sous tension, tel qu’il est dessiné maintenant</translation>
    </message>
    <message>
        <source>&amp;Break</source>
        <translation>&amp;Pannes</translation>
    </message>
    <message>
        <source>&amp;Fail</source>
        <translation>&amp;Couper</translation>
    </message>
    <message>
        <source>Cut the cable, or all cables of the node; both ends see it</source>
        <translation>Couper le câble, ou tous les câbles du nœud ; les deux bouts le voient</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Undo every kind of failure</source>
        <translation>Lever toute espèce de panne</translation>
    </message>
    <message>
        <source>Fail &amp;silently</source>
        <translation>Couper en &amp;silence</translation>
    </message>
    <message>
        <source>Packets vanish and no end sees it</source>
        <translation>Les paquets disparaissent et aucun bout ne le voit</translation>
    </message>
    <message>
        <source>Fail &amp;one way</source>
        <translation>Couper dans &amp;un sens</translation>
    </message>
    <message>
        <source>What the first end sends vanishes, and the other end sees it</source>
        <translation>Ce qu’envoie le premier bout disparaît, et l’autre bout le voit</translation>
    </message>
    <message>
        <source>F&amp;lap five times</source>
        <translation>Faire &amp;battre cinq fois</translation>
    </message>
    <message>
        <source>One second down, five seconds up, five times</source>
        <translation>Une seconde coupée, cinq secondes rétablie, cinq fois</translation>
    </message>
    <message>
        <source>Lose a &amp;tenth</source>
        <translation>Perdre un &amp;dixième</translation>
    </message>
    <message>
        <source>One packet in ten is lost by chance</source>
        <translation>Un paquet sur dix se perd au hasard</translation>
    </message>
    <message>
        <source>As killing the daemons would</source>
        <translation>Comme si l’on tuait les démons</translation>
    </message>
    <message>
        <source>St&amp;art its protocols</source>
        <translation>Dé&amp;marrer ses protocoles</translation>
    </message>
    <message>
        <source>As starting the daemons would</source>
        <translation>Comme si l’on démarrait les démons</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Fit, and back</source>
        <translation>&amp;Tout voir, et retour</translation>
    </message>
    <message>
        <source>Everything in sight; again: the view from before</source>
        <translation>Tout le dessin ; encore une fois : la vue d’avant</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>A&amp;grandir</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>&amp;Original size</source>
        <translation>Taille d’&amp;origine</translation>
    </message>
    <message>
        <source>As large as it was drawn</source>
        <translation>Aussi grand que dessiné</translation>
    </message>
    <message>
        <source>&amp;Cables only</source>
        <translation>&amp;Câbles seulement</translation>
    </message>
    <message>
        <source>The drawing alone</source>
        <translation>Le dessin seul</translation>
    </message>
    <message>
        <source>&amp;Data plane of the prefix</source>
        <translation>Plan de &amp;données du préfixe</translation>
    </message>
    <message>
        <source>Where every router sends packets to the chosen prefix</source>
        <translation>Où chaque routeur envoie les paquets vers le préfixe choisi</translation>
    </message>
    <message>
        <source>&amp;BGP sessions</source>
        <translation>Sessions &amp;BGP</translation>
    </message>
    <message>
        <source>Each end paints its state up to the middle</source>
        <translation>Chaque bout peint son état jusqu’au milieu</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>&amp;Sombre</translation>
    </message>
    <message>
        <source>Light on dark</source>
        <translation>Clair sur sombre</translation>
    </message>
    <message>
        <source>Lan&amp;guage…</source>
        <translation>&amp;Langue…</translation>
    </message>
    <message>
        <source>The language of the window</source>
        <translation>La langue de la fenêtre</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>Save the &amp;report…</source>
        <translation>Enregistrer le &amp;rapport…</translation>
    </message>
    <message>
        <source>What this timeline came to, as HTML, PDF, JSON, JUnit or CSV</source>
        <translation>Ce qu’a donné cette ligne de temps, en HTML, PDF, JSON, JUnit ou CSV</translation>
    </message>
    <message>
        <source>Lay out by &amp;forces</source>
        <translation>Disposer par &amp;forces</translation>
    </message>
    <message>
        <source>Cables pull, nodes push; the selected nodes stay where they are</source>
        <translation>Les câbles tirent, les nœuds repoussent ; les nœuds sélectionnés restent où ils sont</translation>
    </message>
    <message>
        <source>Lay out in la&amp;yers</source>
        <translation>Disposer en &amp;couches</translation>
    </message>
    <message>
        <source>Providers above their customers</source>
        <translation>Les fournisseurs au-dessus de leurs clients</translation>
    </message>
    <message>
        <source>In rows and columns</source>
        <translation>En lignes et en colonnes</translation>
    </message>
    <message>
        <source>Lay out on a &amp;circle</source>
        <translation>Disposer en c&amp;ercle</translation>
    </message>
    <message>
        <source>All on one circle</source>
        <translation>Tous sur un cercle</translation>
    </message>
    <message>
        <source>&amp;Minimap</source>
        <translation>&amp;Vue d’ensemble</translation>
    </message>
    <message>
        <source>The whole drawing in small, in the corner</source>
        <translation>Tout le dessin en petit, dans le coin</translation>
    </message>
    <message>
        <source>S&amp;tart page</source>
        <translation>Page d’&amp;accueil</translation>
    </message>
    <message>
        <source>Recent labs, exercises, and the labs that come with the program</source>
        <translation>Les laboratoires récents, les exercices, et les laboratoires livrés avec le programme</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>A lab from a GraphML drawing or a file of AS relationships</source>
        <translation>Un laboratoire tiré d’un dessin GraphML ou d’un fichier de relations entre AS</translation>
    </message>
    <message>
        <source>E&amp;xercise folder…</source>
        <translation>Dossier d’e&amp;xercices…</translation>
    </message>
    <message>
        <source>Choose the folder whose labs are offered as exercises</source>
        <translation>Choisir le dossier dont les laboratoires sont proposés comme exercices</translation>
    </message>
    <message>
        <source>Beginne&amp;r profile</source>
        <translation>&amp;Profil débutant</translation>
    </message>
    <message>
        <source>Hide what a first lesson does without</source>
        <translation>Cacher ce dont une première leçon se passe</translation>
    </message>
    <message>
        <source>Guided &amp;tour</source>
        <translation>&amp;Visite guidée</translation>
    </message>
    <message>
        <source>What the parts of the window are for</source>
        <translation>À quoi servent les parties de la fenêtre</translation>
    </message>
    <message>
        <source>Loc&amp;k the drawing</source>
        <translation>&amp;Verrouiller le dessin</translation>
    </message>
    <message>
        <source>Lay out on a gri&amp;d</source>
        <translation>Disposer en &amp;grille</translation>
    </message>
    <message>
        <source>Sto&amp;p its protocols</source>
        <translation>&amp;Arrêter ses protocoles</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>&amp;Réduire</translation>
    </message>
    <message>
        <source>&amp;Shortcuts…</source>
        <translation>&amp;Raccourcis…</translation>
    </message>
    <message>
        <source>Everything the window can do, and its keys, which can be changed</source>
        <translation>Tout ce que sait faire la fenêtre, et ses touches, qui se laissent changer</translation>
    </message>
    <message>
        <source>Close or open the &amp;group</source>
        <translation>Fermer ou ou&amp;vrir le groupe</translation>
    </message>
    <message>
        <source>Draw the group as one icon, or what lies in it</source>
        <translation>Dessiner le groupe comme une seule icône, ou ce qu’il contient</translation>
    </message>
    <message>
        <source>Who &amp;told whom of the prefix</source>
        <translation>Qui a &amp;annoncé le préfixe à qui</translation>
    </message>
    <message>
        <source>From whom every router has heard of the chosen prefix, and whom it follows</source>
        <translation>De qui chaque routeur a appris le préfixe choisi, et qui il suit</translation>
    </message>
    <message>
        <source>R&amp;elations</source>
        <translation>R&amp;elations</translation>
    </message>
    <message>
        <source>Customers, providers and peers</source>
        <translation>Clients, fournisseurs et pairs</translation>
    </message>
    <message>
        <source>What every link has carried in the last 10 seconds</source>
        <translation>Ce que chaque liaison a transporté ces 10 dernières secondes</translation>
    </message>
    <message>
        <source>&amp;Legend</source>
        <translation>Lége&amp;nde</translation>
    </message>
    <message>
        <source>What the signs of the drawing mean</source>
        <translation>Ce que veulent dire les signes du dessin</translation>
    </message>
    <message>
        <source>Reduced motio&amp;n</source>
        <translation>Animations r&amp;éduites</translation>
    </message>
    <message>
        <source>Nothing flies, swings or blinks; messages are counted</source>
        <translation>Rien ne vole, ne pivote ni ne clignote ; les messages sont comptés</translation>
    </message>
    <message>
        <source>Tr&amp;affic</source>
        <translation>Tra&amp;fic</translation>
    </message>
    <message>
        <source>&amp;Give up what takes long</source>
        <translation>Abando&amp;nner ce qui dure</translation>
    </message>
    <message>
        <source>Stop what is under way, where it stands</source>
        <translation>Arrêter ce qui est en cours, là où il en est</translation>
    </message>
    <message>
        <source>Align in a ro&amp;w</source>
        <translation>Aligner en l&amp;igne</translation>
    </message>
    <message>
        <source>The selected nodes beside each other</source>
        <translation>Les nœuds sélectionnés, côte à côte</translation>
    </message>
    <message>
        <source>Align in a col&amp;umn</source>
        <translation>Aligner en colo&amp;nne</translation>
    </message>
    <message>
        <source>The selected nodes below each other</source>
        <translation>Les nœuds sélectionnés, l’un sous l’autre</translation>
    </message>
    <message>
        <source>Previous convergence</source>
        <translation>Convergence précédente</translation>
    </message>
    <message>
        <source>Back to the instant the lab had last converged</source>
        <translation>Revenir à l’instant où le laboratoire avait convergé pour la dernière fois</translation>
    </message>
    <message>
        <source>Next convergence</source>
        <translation>Convergence suivante</translation>
    </message>
    <message>
        <source>On to the next instant the lab has converged</source>
        <translation>Aller au prochain instant où le laboratoire a convergé</translation>
    </message>
    <message>
        <source>G&amp;o to a time…</source>
        <translation>Aller à un in&amp;stant…</translation>
    </message>
    <message>
        <source>Back or on to a time that is typed</source>
        <translation>Revenir ou avancer jusqu’à l’instant que l’on tape</translation>
    </message>
    <message>
        <source>All steps &amp;until something fails</source>
        <translation>Toutes les étapes j&amp;usqu’à un échec</translation>
    </message>
    <message>
        <source>The lab file&apos;s remaining steps, up to a failing expectation</source>
        <translation>Les étapes qui restent dans le fichier, jusqu’à une attente qui échoue</translation>
    </message>
    <message>
        <source>Tra&amp;ce a route…</source>
        <translation>&amp;Tracer un chemin…</translation>
    </message>
    <message>
        <source>Where packets from this node really go</source>
        <translation>Où vont réellement les paquets de ce nœud</translation>
    </message>
    <message>
        <source>Run until an &amp;event…</source>
        <translation>Avancer jusqu’à un é&amp;vénement…</translation>
    </message>
    <message>
        <source>On to the next event of a router, a protocol, a kind, with words</source>
        <translation>Jusqu’au prochain événement d’un routeur, d’un protocole, d’un genre, avec des mots</translation>
    </message>
    <message>
        <source>&amp;Delay, bandwidth, loss…</source>
        <translation>Dé&amp;lai, débit, pertes…</translation>
    </message>
    <message>
        <source>Other properties of the link from this instant on</source>
        <translation>D’autres propriétés de la liaison à partir de cet instant</translation>
    </message>
    <message>
        <source>Capt&amp;ure to a file…</source>
        <translation>Ca&amp;pturer dans un fichier…</translation>
    </message>
    <message>
        <source>What has crossed the link up to this instant, for Wireshark</source>
        <translation>Ce qui a traversé la liaison jusqu’à cet instant, pour Wireshark</translation>
    </message>
    <message>
        <source>Write out configuratio&amp;ns</source>
        <translation>Écrire les config&amp;urations</translation>
    </message>
    <message>
        <source>Protocols that are only named become configurations to be edited</source>
        <translation>Les protocoles seulement nommés deviennent des configurations à modifier</translation>
    </message>
    <message>
        <source>Remember the selected nodes and notes</source>
        <translation>Retenir les nœuds et les notes sélectionnés</translation>
    </message>
    <message>
        <source>Copies of the selected nodes and notes beside them</source>
        <translation>Des copies des nœuds et des notes sélectionnés, à côté d’eux</translation>
    </message>
    <message>
        <source>No&amp;te</source>
        <translation>No&amp;te</translation>
    </message>
    <message>
        <source>Every click places words on the drawing</source>
        <translation>Chaque clic pose des mots sur le dessin</translation>
    </message>
    <message>
        <source>Co&amp;nfigure now…</source>
        <translation>Co&amp;nfigurer maintenant…</translation>
    </message>
    <message>
        <source>Lines that the router is given at this instant</source>
        <translation>Des lignes que le routeur reçoit à cet instant</translation>
    </message>
</context>
<context>
    <name>BundleItem</name>
    <message>
        <source>BGP at %1: %2 of %3 established</source>
        <translation>BGP chez %1 : %2 établies sur %3</translation>
    </message>
    <message numerus="yes">
        <source>%n links: %1 – %2</source>
        <translation>
            <numerusform>%n liaison : %1 – %2</numerusform>
            <numerusform>%n liaisons : %1 – %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n en panne</numerusform>
            <numerusform>%n en panne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is customer of %2 (%n links)</source>
        <translation>
            <numerusform>%1 est client de %2 (%n liaison)</numerusform>
            <numerusform>%1 est client de %2 (%n liaisons)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>peers (%n links)</source>
        <translation>
            <numerusform>pairs (%n liaison)</numerusform>
            <numerusform>pairs (%n liaisons)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>siblings (%n links)</source>
        <translation>
            <numerusform>frères (%n liaison)</numerusform>
            <numerusform>frères (%n liaisons)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CanvasAccessible</name>
    <message>
        <source>Group %1</source>
        <translation>Groupe %1</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>seconds of the lab</source>
        <translation>secondes du laboratoire</translation>
    </message>
    <message>
        <source>messages in %1</source>
        <translation>messages en %1</translation>
    </message>
    <message>
        <source>reachable</source>
        <translation>joignables</translation>
    </message>
    <message>
        <source>all</source>
        <translation>toutes</translation>
    </message>
    <message>
        <source>pairs of a node and a network</source>
        <translation>paires d’un nœud et d’un réseau</translation>
    </message>
    <message>
        <source>metric of %1</source>
        <translation>métrique de %1</translation>
    </message>
    <message>
        <source>changes of routes</source>
        <translation>changements de routes</translation>
    </message>
</context>
<context>
    <name>EventModel</name>
    <message>
        <source>action</source>
        <translation>action</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>interface</translation>
    </message>
    <message>
        <source>process</source>
        <translation>processus</translation>
    </message>
    <message>
        <source>message</source>
        <translation>message</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>perte</translation>
    </message>
    <message>
        <source>route</source>
        <translation>route</translation>
    </message>
    <message>
        <source>note</source>
        <translation>remarque</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>problème</translation>
    </message>
</context>
<context>
    <name>GroupItem</name>
    <message>
        <source>AS %1</source>
        <translation>AS %1</translation>
    </message>
    <message numerus="yes">
        <source>%n nodes in it; a double click opens it</source>
        <translation>
            <numerusform>%n nœud à l’intérieur ; un double-clic l’ouvre</numerusform>
            <numerusform>%n nœuds à l’intérieur ; un double-clic l’ouvre</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabRun</name>
    <message>
        <source>converged at %1</source>
        <translation>convergence à %1</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 par %2</translation>
    </message>
    <message>
        <source>, %1 lost</source>
        <translation>, %1 de pertes</translation>
    </message>
    <message>
        <source>the step&apos;s actions are possible</source>
        <translation>les actions de l’étape sont possibles</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 de %2</translation>
    </message>
</context>
<context>
    <name>Ladder</name>
    <message>
        <source>Long-lived stale</source>
        <translation>Périmé de longue durée</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>le plus grand</translation>
    </message>
    <message>
        <source>Local preference</source>
        <translation>Préférence locale</translation>
    </message>
    <message>
        <source>Originated here</source>
        <translation>Originaire d’ici</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>AIGP metric</source>
        <translation>Métrique AIGP</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>le plus petit</translation>
    </message>
    <message>
        <source>AS path length</source>
        <translation>Longueur du chemin d’AS</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>igp, egp, incomplete</source>
        <translation>igp, egp, incomplete</translation>
    </message>
    <message>
        <source>lowest, from one neighboring AS</source>
        <translation>le plus petit, d’un même AS voisin</translation>
    </message>
    <message>
        <source>Learned by</source>
        <translation>Appris par</translation>
    </message>
    <message>
        <source>eBGP before iBGP</source>
        <translation>eBGP avant iBGP</translation>
    </message>
    <message>
        <source>IGP metric to the next hop</source>
        <translation>Métrique IGP vers le prochain saut</translation>
    </message>
    <message>
        <source>Cluster list, iBGP</source>
        <translation>Liste de grappes, iBGP</translation>
    </message>
    <message>
        <source>shortest</source>
        <translation>la plus courte</translation>
    </message>
    <message>
        <source>Confederation</source>
        <translation>Confédération</translation>
    </message>
    <message>
        <source>another member AS first</source>
        <translation>un autre AS membre d’abord</translation>
    </message>
    <message>
        <source>In use already</source>
        <translation>Déjà en usage</translation>
    </message>
    <message>
        <source>yes, of two eBGP paths</source>
        <translation>oui, de deux chemins eBGP</translation>
    </message>
    <message>
        <source>Router ID</source>
        <translation>Identifiant de routeur</translation>
    </message>
    <message>
        <source>Cluster list</source>
        <translation>Liste de grappes</translation>
    </message>
    <message>
        <source>Address of the neighbor</source>
        <translation>Adresse du voisin</translation>
    </message>
    <message>
        <source>Path identifier</source>
        <translation>Identifiant de chemin</translation>
    </message>
    <message>
        <source>own network</source>
        <translation>son réseau</translation>
    </message>
    <message>
        <source>own aggregate</source>
        <translation>son agrégat</translation>
    </message>
    <message>
        <source>it flaps, and is damped</source>
        <translation>il bat, et il est amorti</translation>
    </message>
    <message>
        <source>its next hop cannot be reached</source>
        <translation>son prochain saut est inaccessible</translation>
    </message>
    <message>
        <source>what it hangs on is not there</source>
        <translation>ce dont il dépend n’est pas là</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
</context>
<context>
    <name>LanItem</name>
    <message>
        <source>LAN %1 %2</source>
        <translation>LAN %1 %2</translation>
    </message>
</context>
<context>
    <name>LanTool</name>
    <message>
        <source>Click the router that the LAN is to belong to. Esc: done.</source>
        <translation>Cliquez sur le routeur à qui le LAN doit appartenir. Échap : fini.</translation>
    </message>
    <message>
        <source>Add a LAN to %1</source>
        <translation>Ajouter un LAN à %1</translation>
    </message>
</context>
<context>
    <name>LinkItem</name>
    <message>
        <source>%1 lost</source>
        <translation>%1 de pertes</translation>
    </message>
    <message>
        <source>Link %1: %2 – %3</source>
        <translation>Liaison %1 : %2 – %3</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>coupée</translation>
    </message>
    <message>
        <source>swallows packets, and no end sees it</source>
        <translation>avale les paquets, et aucun bout ne le voit</translation>
    </message>
    <message>
        <source>added while the lab runs</source>
        <translation>ajoutée pendant l’exécution</translation>
    </message>
    <message>
        <source>BGP at %1: %2</source>
        <translation>BGP chez %1 : %2</translation>
    </message>
</context>
<context>
    <name>LinkTool</name>
    <message>
        <source>Where does the cable from %1 go? Esc: nowhere.</source>
        <translation>Où va le câble de %1 ? Échap : nulle part.</translation>
    </message>
    <message>
        <source>Link %1 to %2</source>
        <translation>Relier %1 à %2</translation>
    </message>
    <message>
        <source>Drag from node to node, or click both; with Shift on to further ones. Esc: done.</source>
        <translation>Tirez de nœud en nœud, ou cliquez sur les deux ; avec Maj, vers d’autres encore. Échap : fini.</translation>
    </message>
    <message numerus="yes">
        <source>Link %n nodes</source>
        <translation>
            <numerusform>Relier %n nœud</numerusform>
            <numerusform>Relier %n nœuds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NeighborRow</name>
    <message>
        <source>its INIT has come, it has acknowledged ours, and its hold time of %1 s has not run out</source>
        <translation>son INIT est arrivé, il a acquitté le nôtre, et son temps de garde de %1 s n’est pas écoulé</translation>
    </message>
    <message>
        <source>it has not acknowledged our INIT yet</source>
        <translation>il n’a pas encore acquitté notre INIT</translation>
    </message>
    <message>
        <source>its INIT has not come yet</source>
        <translation>son INIT n’est pas encore arrivé</translation>
    </message>
    <message>
        <source>all that it said was understood</source>
        <translation>tout ce qu’il a dit a été compris</translation>
    </message>
    <message>
        <source>refused: %1 packets, %2 routes</source>
        <translation>refusés : %1 paquets, %2 routes</translation>
    </message>
</context>
<context>
    <name>NodeItem</name>
    <message>
        <source>Host %1</source>
        <translation>Hôte %1</translation>
    </message>
    <message>
        <source>Router %1</source>
        <translation>Routeur %1</translation>
    </message>
    <message>
        <source>all its cables are pulled</source>
        <translation>tous ses câbles sont débranchés</translation>
    </message>
    <message>
        <source>still expects changes</source>
        <translation>attend encore des changements</translation>
    </message>
    <message>
        <source>▲ believes %1</source>
        <translation>▲ croit %1</translation>
    </message>
    <message>
        <source>packets to the chosen prefix arrive here</source>
        <translation>les paquets vers le préfixe choisi arrivent ici</translation>
    </message>
    <message>
        <source>packets to the chosen prefix are lost here</source>
        <translation>les paquets vers le préfixe choisi se perdent ici</translation>
    </message>
    <message>
        <source>packets to the chosen prefix go round here</source>
        <translation>les paquets vers le préfixe choisi tournent en rond ici</translation>
    </message>
    <message>
        <source>the chosen prefix begins here</source>
        <translation>le préfixe choisi commence ici</translation>
    </message>
</context>
<context>
    <name>NoteItem</name>
    <message>
        <source>Note: %1</source>
        <translation>Note : %1</translation>
    </message>
</context>
<context>
    <name>NoteTool</name>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Click where the note is to stand, and type. Esc: done.</source>
        <translation>Cliquez là où doit être la note, et écrivez. Échap : fini.</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Ajouter une note</translation>
    </message>
</context>
<context>
    <name>PlaceTool</name>
    <message>
        <source>Add %1</source>
        <translation>Ajouter %1</translation>
    </message>
    <message>
        <source>Click where the router is to stand; drag with Shift for several. Esc: done.</source>
        <translation>Cliquez là où doit être le routeur ; tirez avec Maj pour plusieurs. Échap : fini.</translation>
    </message>
    <message>
        <source>Click where the host is to stand; drag with Shift for several. Esc: done.</source>
        <translation>Cliquez là où doit être l’hôte ; tirez avec Maj pour plusieurs. Échap : fini.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n nodes</source>
        <translation>
            <numerusform>Ajouter %n nœud</numerusform>
            <numerusform>Ajouter %n nœuds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>&apos;%1&apos; cannot be written</source>
        <translation>« %1 » ne peut pas être écrit</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be replaced: %2</source>
        <translation>« %1 » ne peut pas être remplacé : %2</translation>
    </message>
    <message>
        <source>the lab has no file yet</source>
        <translation>le laboratoire n’a pas encore de fichier</translation>
    </message>
    <message>
        <source>select what the group is to hold</source>
        <translation>sélectionnez ce que le groupe doit contenir</translation>
    </message>
    <message>
        <source>there is no group &apos;%1&apos;</source>
        <translation>il n’y a pas de groupe « %1 »</translation>
    </message>
    <message>
        <source>there is no node &apos;%1&apos;</source>
        <translation>il n’y a pas de nœud « %1 »</translation>
    </message>
    <message>
        <source>a link needs two nodes; &apos;%1&apos; cannot be linked to itself</source>
        <translation>une liaison a besoin de deux nœuds ; « %1 » ne peut pas être relié à lui-même</translation>
    </message>
    <message>
        <source>there is no LAN &apos;%1&apos;</source>
        <translation>il n’y a pas de LAN « %1 »</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is on the LAN &apos;%2&apos; already</source>
        <translation>« %1 » est déjà sur le LAN « %2 »</translation>
    </message>
    <message>
        <source>there is no link &apos;%1&apos;</source>
        <translation>il n’y a pas de liaison « %1 »</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be read</source>
        <translation>« %1 » ne peut pas être lu</translation>
    </message>
    <message>
        <source>there is no router &apos;%1&apos;</source>
        <translation>il n’y a pas de routeur « %1 »</translation>
    </message>
    <message>
        <source>the link is gone</source>
        <translation>la liaison n’est plus là</translation>
    </message>
    <message>
        <source>the group is gone</source>
        <translation>le groupe n’est plus là</translation>
    </message>
    <message>
        <source>the router is gone</source>
        <translation>le routeur n’est plus là</translation>
    </message>
    <message>
        <source>the lab file has no further step</source>
        <translation>le laboratoire n’a plus d’étape</translation>
    </message>
    <message>
        <source>nothing happens any more by itself</source>
        <translation>plus rien ne se passe de soi-même</translation>
    </message>
    <message>
        <source>no table changes any more by itself</source>
        <translation>plus aucune table ne change d’elle-même</translation>
    </message>
    <message>
        <source>the lab does not come to rest within an hour of its time</source>
        <translation>le laboratoire ne trouve pas le repos en une heure de son temps</translation>
    </message>
    <message>
        <source>the run does not remember this event any more</source>
        <translation>l’exécution ne se souvient plus de cet événement</translation>
    </message>
    <message>
        <source>a report ends with .html, .pdf, .json, .csv or .xml</source>
        <translation>un rapport finit par .html, .pdf, .json, .csv ou .xml</translation>
    </message>
    <message>
        <source>&apos;%1&apos; lies in &apos;%2&apos;</source>
        <translation>« %1 » est dans « %2 »</translation>
    </message>
    <message>
        <source>the lab says &apos;tcp: messages&apos;, so that most of BGP travels without packets: take that line out to capture them</source>
        <translation>le laboratoire dit « tcp: messages », si bien que presque tout BGP voyage sans paquets : enlevez cette ligne pour les capturer</translation>
    </message>
    <message>
        <source>the run has no link &apos;%1&apos;</source>
        <translation>la simulation n’a pas de liaison « %1 »</translation>
    </message>
    <message>
        <source>there was no such event within %1 of the lab&apos;s time</source>
        <translation>il n’y a eu aucun événement de ce genre en %1 du temps du laboratoire</translation>
    </message>
    <message>
        <source>the configurations of this lab cannot be made</source>
        <translation>les configurations de ce laboratoire ne peuvent pas être faites</translation>
    </message>
    <message>
        <source>the note is gone</source>
        <translation>la note n’existe plus</translation>
    </message>
    <message>
        <source>a note says something; delete it if it does not</source>
        <translation>une note dit quelque chose ; supprimez-la si elle ne dit rien</translation>
    </message>
</context>
<context>
    <name>ReportPages</name>
    <message>
        <source>met</source>
        <translation>remplie</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>non remplie</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>avertissement</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>indécise</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>sautée</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Réussi</translation>
    </message>
    <message>
        <source>Expectations met: %1 of %2</source>
        <translation>Attentes remplies : %1 sur %2</translation>
    </message>
    <message>
        <source>Lab time simulated: %1</source>
        <translation>Temps simulé : %1</translation>
    </message>
    <message>
        <source>Seed %1, fingerprint %2</source>
        <translation>Graine %1, empreinte %2</translation>
    </message>
    <message>
        <source>Convergence report</source>
        <translation>Rapport de convergence</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>après %1</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Étapes</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Converged</source>
        <translation>Convergence</translation>
    </message>
    <message>
        <source>Route changes</source>
        <translation>Changements de routes</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>Attentes</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Attendu</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvé</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>boucle</translation>
    </message>
    <message>
        <source>black hole</source>
        <translation>trou noir</translation>
    </message>
    <message>
        <source>Loops and black holes</source>
        <translation>Boucles et trous noirs</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Aucun.</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Routers</source>
        <translation>Routeurs</translation>
    </message>
    <message>
        <source>From, to</source>
        <translation>De, à</translation>
    </message>
    <message>
        <source>Packets lost</source>
        <translation>Paquets perdus</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Étape par étape</translation>
    </message>
    <message>
        <source>Ping from %1 to %2: %3, by %4</source>
        <translation>Ping de %1 à %2 : %3, par %4</translation>
    </message>
    <message>
        <source>Flow %1: %2 sent, %3 received, %4 lost</source>
        <translation>Flux %1 : %2 envoyés, %3 reçus, %4 perdus</translation>
    </message>
</context>
<context>
    <name>Reviewer</name>
    <message>
        <source>start</source>
        <translation>départ</translation>
    </message>
    <message>
        <source>it was not run until it converged</source>
        <translation>elle n’a pas été exécutée jusqu’à la convergence</translation>
    </message>
</context>
<context>
    <name>StateMachine</name>
    <message>
        <source>start</source>
        <translation>début</translation>
    </message>
    <message>
        <source>INIT both ways</source>
        <translation>INIT dans les deux sens</translation>
    </message>
    <message>
        <source>From every state an error or a stop leads to Idle.</source>
        <translation>De chaque état, une erreur ou un arrêt mène à Idle.</translation>
    </message>
    <message>
        <source>Without a packet for its hold time a neighbor is lost.</source>
        <translation>Sans paquet pendant son temps de garde, un voisin est perdu.</translation>
    </message>
</context>
<context>
    <name>TableRows</name>
    <message>
        <source>does not age</source>
        <translation>ne vieillit pas</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>✕ garbage %1 of %2</source>
        <translation>✕ ramassage %1 sur %2</translation>
    </message>
    <message>
        <source>no path is left</source>
        <translation>plus aucun chemin</translation>
    </message>
    <message>
        <source>RD %1, FD infinite</source>
        <translation>RD %1, FD infinie</translation>
    </message>
    <message>
        <source>RD %1 &lt; FD %2</source>
        <translation>RD %1 &lt; FD %2</translation>
    </message>
    <message>
        <source>RD %1 ≥ FD %2</source>
        <translation>RD %1 ≥ FD %2</translation>
    </message>
    <message>
        <source>RD %1</source>
        <translation>RD %1</translation>
    </message>
    <message>
        <source>FD %1</source>
        <translation>FD %1</translation>
    </message>
    <message>
        <source>◆ active: it asks</source>
        <translation>◆ actif : il demande</translation>
    </message>
    <message>
        <source>◆ active: waits for %1</source>
        <translation>◆ actif : il attend %1</translation>
    </message>
    <message>
        <source>✓ successor</source>
        <translation>✓ successeur</translation>
    </message>
    <message>
        <source>✓ feasible successor</source>
        <translation>✓ successeur faisable</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>pas utilisé</translation>
    </message>
    <message>
        <source>✕ not feasible</source>
        <translation>✕ pas faisable</translation>
    </message>
    <message>
        <source>on the link</source>
        <translation>sur la liaison</translation>
    </message>
    <message>
        <source>■ shut down</source>
        <translation>■ désactivée</translation>
    </message>
    <message>
        <source>▲ up</source>
        <translation>▲ active</translation>
    </message>
    <message>
        <source>✕ no carrier</source>
        <translation>✕ sans porteuse</translation>
    </message>
    <message>
        <source>16, unreachable</source>
        <translation>16, inaccessible</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>lui-même</translation>
    </message>
    <message>
        <source>the best path</source>
        <translation>le meilleur chemin</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>entendu</translation>
    </message>
</context>
<context>
    <name>TextTable</name>
    <message>
        <source>RIP status</source>
        <translation>État de RIP</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuration</translation>
    </message>
    <message>
        <source>RIPng status</source>
        <translation>État de RIPng</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Draw networks, break them, and watch them heal.</source>
        <translation>Dessinez des réseaux, cassez-les, et regardez-les guérir.</translation>
    </message>
    <message>
        <source>a lab file, or a folder that holds lab.yaml</source>
        <translation>un fichier de laboratoire, ou un dossier qui contient lab.yaml</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::BgpPage</name>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>AS path</source>
        <translation>Chemin d’AS</translation>
    </message>
    <message>
        <source>Why not the best</source>
        <translation>Pourquoi pas le meilleur</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>Prochain saut</translation>
    </message>
    <message>
        <source>Local pref.</source>
        <translation>Préf. locale</translation>
    </message>
    <message>
        <source>MED</source>
        <translation>MED</translation>
    </message>
    <message>
        <source>BGP paths</source>
        <translation>Chemins BGP</translation>
    </message>
    <message>
        <source>Decision ladder</source>
        <translation>Échelle de décision</translation>
    </message>
    <message>
        <source>Select a path, and here stands how it was decided.</source>
        <translation>Sélectionnez un chemin, et ici s’écrit comment il a été décidé.</translation>
    </message>
    <message>
        <source>%1: there is no other path that could be used.</source>
        <translation>%1 : il n’y a pas d’autre chemin utilisable.</translation>
    </message>
    <message>
        <source>%1: the path from %2 is the best one.</source>
        <translation>%1 : le chemin de %2 est le meilleur.</translation>
    </message>
    <message>
        <source>%1: the path from %2 does not take part: %3.</source>
        <translation>%1 : le chemin de %2 ne participe pas : %3.</translation>
    </message>
    <message>
        <source>%1: the path from %2 lost against that from %3: %4.</source>
        <translation>%1 : le chemin de %2 a perdu contre celui de %3 : %4.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>%1 ✓</source>
        <translation>%1 ✓</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::CanvasView</name>
    <message>
        <source>Drawing of the network</source>
        <translation>Dessin du réseau</translation>
    </message>
    <message>
        <source>Routers, hosts, links, LANs and groups. The tables beside it say the same in words.</source>
        <translation>Routeurs, hôtes, liaisons, LAN et groupes. Les tables à côté disent la même chose en mots.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ChartsPanel</name>
    <message>
        <source>Draw again</source>
        <translation>Redessiner</translation>
    </message>
    <message>
        <source>Messages of every protocol</source>
        <translation>Messages de chaque protocole</translation>
    </message>
    <message>
        <source>Reachable pairs</source>
        <translation>Paires joignables</translation>
    </message>
    <message>
        <source>Metric of a prefix</source>
        <translation>Métrique d’un préfixe</translation>
    </message>
    <message>
        <source>Changes of routes by router</source>
        <translation>Changements de routes par routeur</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Graphique</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>The run has gone on since this was drawn.</source>
        <translation>L’exécution a avancé depuis ce dessin.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ConfigEditor</name>
    <message>
        <source>Configuration</source>
        <translation>Configuration</translation>
    </message>
    <message>
        <source>Ctrl+Space offers what may stand here</source>
        <translation>Ctrl+Espace propose ce qui peut se trouver ici</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>ligne %1 : %2</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ConfigureDialog</name>
    <message>
        <source>Configure %1 from now on</source>
        <translation>Configurer %1 à partir de maintenant</translation>
    </message>
    <message>
        <source>Lines as one types them at the router, on top of its configuration; `no` takes one away. The run takes them as an action at this instant; the lab file stays as it is.</source>
        <translation>Des lignes comme on les tape sur le routeur, en plus de sa configuration ; « no » en retire une. L’exécution les prend comme une action à cet instant ; le fichier de laboratoire reste tel quel.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ConsolePanel</name>
    <message>
        <source>Answers of the router</source>
        <translation>Réponses du routeur</translation>
    </message>
    <message>
        <source>show ip route</source>
        <translation>show ip route</translation>
    </message>
    <message>
        <source>Command line of the router</source>
        <translation>Ligne de commande du routeur</translation>
    </message>
    <message>
        <source>Select a router to type at it.</source>
        <translation>Sélectionnez un routeur pour lui parler.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::DifferencesPanel</name>
    <message>
        <source>Keep this instant in mind</source>
        <translation>Retenir cet instant</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparer avec</translation>
    </message>
    <message>
        <source>From now on tables are compared with those of the present instant</source>
        <translation>Désormais les tables sont comparées à celles de l’instant présent</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Routeur</translation>
    </message>
    <message>
        <source>Routing table</source>
        <translation>Table de routage</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Différences</translation>
    </message>
    <message>
        <source>compare with nothing</source>
        <translation>ne comparer avec rien</translation>
    </message>
    <message>
        <source>compare with %1, at the same instant</source>
        <translation>comparer avec %1, au même instant</translation>
    </message>
    <message>
        <source>compare with %1 at %2</source>
        <translation>comparer avec %1 à %2</translation>
    </message>
    <message>
        <source>Keep an instant in mind, go on, and here stands what has changed.</source>
        <translation>Retenez un instant, continuez, et ici s’écrit ce qui a changé.</translation>
    </message>
    <message>
        <source>+ now</source>
        <translation>+ maintenant</translation>
    </message>
    <message>
        <source>− then</source>
        <translation>− alors</translation>
    </message>
    <message>
        <source>against %1 at %2: </source>
        <translation>par rapport à %1 à %2 : </translation>
    </message>
    <message>
        <source>the same tables</source>
        <translation>les mêmes tables</translation>
    </message>
    <message numerus="yes">
        <source>%n different rows</source>
        <translation>
            <numerusform>%n ligne différente</numerusform>
            <numerusform>%n lignes différentes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::Editor</name>
    <message>
        <source>The drawing is locked. Unlock it in the Edit menu to change it.</source>
        <translation>Le dessin est verrouillé. Déverrouillez-le dans le menu Édition pour le changer.</translation>
    </message>
    <message>
        <source>That is not possible: %1.</source>
        <translation>Ce n’est pas possible : %1.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::EventList</name>
    <message>
        <source>Filter: a router, a protocol, a prefix, any words</source>
        <translation>Filtre : un routeur, un protocole, un préfixe, des mots</translation>
    </message>
    <message>
        <source>Hellos, keepalives</source>
        <translation>Hello, keepalive</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Événements</translation>
    </message>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n événement</numerusform>
            <numerusform>%n événements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the last %n events</source>
        <translation>
            <numerusform>le dernier événement</numerusform>
            <numerusform>les %n derniers événements</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide such events</source>
        <translation>Cacher ces événements</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>Tout montrer à nouveau</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::EventModel</name>
    <message>
        <source>Time</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocole</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ExpectationsPanel</name>
    <message>
        <source>Expectation</source>
        <translation>Attente</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Ce qui a été trouvé</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>Attentes</translation>
    </message>
    <message>
        <source>✓ %1 met</source>
        <translation>✓ %1 remplies</translation>
    </message>
    <message>
        <source>✕ %1 of %2 not met</source>
        <translation>✕ %1 sur %2 non remplies</translation>
    </message>
    <message>
        <source>This lab expects nothing.</source>
        <translation>Ce laboratoire n’attend rien.</translation>
    </message>
    <message>
        <source>Run the step “%1” to see whether what it expects comes true.</source>
        <translation>Exécutez l’étape « %1 » pour voir si ce qu’elle attend se réalise.</translation>
    </message>
    <message numerus="yes">
        <source>▲ %n alarm(s)</source>
        <translation>
            <numerusform>▲ %n alarme</numerusform>
            <numerusform>▲ %n alarmes</numerusform>
        </translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarmes</translation>
    </message>
    <message>
        <source>believed by</source>
        <translation>crue par</translation>
    </message>
    <message>
        <source>The lab file&apos;s watch does not allow this origin.</source>
        <translation>La surveillance (watch) du fichier de laboratoire ne permet pas cette origine.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::Inspector</name>
    <message>
        <source>lab</source>
        <translation>laboratoire</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sans titre</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Change the title</source>
        <translation>Changer le titre</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Graine du hasard</translation>
    </message>
    <message>
        <source>Change the seed</source>
        <translation>Changer la graine</translation>
    </message>
    <message>
        <source>expected a whole number</source>
        <translation>un nombre entier est attendu</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>sélectionnés</translation>
    </message>
    <message>
        <source>Several things</source>
        <translation>Plusieurs objets</translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n nœud</numerusform>
            <numerusform>%n nœuds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n links</source>
        <translation>
            <numerusform>%n liaison</numerusform>
            <numerusform>%n liaisons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups</source>
        <translation>
            <numerusform>%n groupe</numerusform>
            <numerusform>%n groupes</numerusform>
        </translation>
    </message>
    <message>
        <source>LAN</source>
        <translation>LAN</translation>
    </message>
    <message>
        <source>link</source>
        <translation>liaison</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Bouts</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Changer %1</translation>
    </message>
    <message>
        <source>Delay, one way (such as 2ms)</source>
        <translation>Délai, dans un sens (par exemple 2ms)</translation>
    </message>
    <message>
        <source>Bandwidth (such as 100Mbit)</source>
        <translation>Débit (par exemple 100Mbit)</translation>
    </message>
    <message>
        <source>Loss (such as 5%)</source>
        <translation>Pertes (par exemple 5%)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>$ %1 is customer of %2</source>
        <translation>$ %1 est client de %2</translation>
    </message>
    <message>
        <source>= peers</source>
        <translation>= pairs</translation>
    </message>
    <message>
        <source>≡ siblings</source>
        <translation>≡ frères</translation>
    </message>
    <message>
        <source>Change the relation of %1</source>
        <translation>Changer la relation de %1</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>Kind (building, as, site, ixp …)</source>
        <translation>Sorte (building, as, site, ixp …)</translation>
    </message>
    <message>
        <source>AS number</source>
        <translation>Numéro d’AS</translation>
    </message>
    <message>
        <source>router</source>
        <translation>routeur</translation>
    </message>
    <message>
        <source>Change the AS number of %1</source>
        <translation>Changer le numéro d’AS de %1</translation>
    </message>
    <message>
        <source>Change the protocols of %1</source>
        <translation>Changer les protocoles de %1</translation>
    </message>
    <message>
        <source>What the router runs with sensible settings, as long as it has no configuration</source>
        <translation>Ce que le routeur exécute avec des réglages raisonnables, tant qu’il n’a pas de configuration</translation>
    </message>
    <message>
        <source>The router has a configuration of its own; it says what runs</source>
        <translation>Le routeur a sa propre configuration ; elle dit ce qui s’exécute</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>Protocoles</translation>
    </message>
    <message>
        <source>Networks behind it</source>
        <translation>Réseaux derrière lui</translation>
    </message>
    <message>
        <source>Change the networks of %1</source>
        <translation>Changer les réseaux de %1</translation>
    </message>
    <message>
        <source>Loopback addresses</source>
        <translation>Adresses de bouclage</translation>
    </message>
    <message>
        <source>Change the loopback of %1</source>
        <translation>Changer le bouclage de %1</translation>
    </message>
    <message>
        <source>host</source>
        <translation>hôte</translation>
    </message>
    <message>
        <source>Change the gateway of %1</source>
        <translation>Changer la passerelle de %1</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>Change the group of %1</source>
        <translation>Changer le groupe de %1</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groupe</translation>
    </message>
    <message>
        <source>Use this configuration</source>
        <translation>Employer cette configuration</translation>
    </message>
    <message>
        <source>Configure %1</source>
        <translation>Configurer %1</translation>
    </message>
    <message>
        <source>Configuration (FRR)</source>
        <translation>Configuration (FRR)</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Propriétés</translation>
    </message>
    <message>
        <source>reflects routes inside its AS</source>
        <translation>réfléchit les routes dans son AS</translation>
    </message>
    <message>
        <source>The other BGP routers of its AS have sessions with reflectors only (RFC 4456)</source>
        <translation>Les autres routeurs BGP de son AS n’ont de sessions qu’avec les réflecteurs (RFC 4456)</translation>
    </message>
    <message>
        <source>Change the route reflector %1</source>
        <translation>Modifier le réflecteur de routes %1</translation>
    </message>
    <message>
        <source>Route reflector</source>
        <translation>Réflecteur de routes</translation>
    </message>
    <message>
        <source>Write out configurations</source>
        <translation>Écrire les configurations</translation>
    </message>
    <message>
        <source>Of all routers whose protocols are only named; from then on they are edited as text</source>
        <translation>De tous les routeurs dont les protocoles sont seulement nommés ; ils se modifient ensuite comme du texte</translation>
    </message>
    <message>
        <source>Configuration that this means (FRR)</source>
        <translation>Configuration qui en résulte (FRR)</translation>
    </message>
    <message>
        <source>Of a large lab, Tables, Configuration shows what this means.</source>
        <translation>Dans un grand laboratoire, Tables, Configuration montre ce qui en résulte.</translation>
    </message>
    <message numerus="yes">
        <source>%n notes</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Change a note</source>
        <translation>Changer une note</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>It is taken when you leave the field, or with Ctrl+Enter.</source>
        <translation>Il est pris quand vous quittez le champ, ou avec Ctrl+Entrée.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::LabScene</name>
    <message>
        <source>Move %1</source>
        <translation>Déplacer %1</translation>
    </message>
    <message numerus="yes">
        <source>Move %n nodes</source>
        <translation>
            <numerusform>Déplacer %n nœud</numerusform>
            <numerusform>Déplacer %n nœuds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n notes</source>
        <translation>
            <numerusform>Déplacer %n note</numerusform>
            <numerusform>Déplacer %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::Legend</name>
    <message>
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Where packets go</source>
        <translation>Où vont les paquets</translation>
    </message>
    <message>
        <source>next hop</source>
        <translation>prochain saut</translation>
    </message>
    <message>
        <source>leads nowhere, or withdrawn</source>
        <translation>ne mène nulle part, ou retiré</translation>
    </message>
    <message>
        <source>arrives</source>
        <translation>arrive</translation>
    </message>
    <message>
        <source>no route: black hole</source>
        <translation>pas de route : trou noir</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>boucle</translation>
    </message>
    <message>
        <source>BGP sessions, as each end sees them</source>
        <translation>Sessions BGP, comme chaque bout les voit</translation>
    </message>
    <message>
        <source>established</source>
        <translation>établie</translation>
    </message>
    <message>
        <source>not established</source>
        <translation>pas établie</translation>
    </message>
    <message>
        <source>Who told whom</source>
        <translation>Qui l’a dit à qui</translation>
    </message>
    <message>
        <source>told by %1, and used</source>
        <translation>annoncé par %1, et utilisé</translation>
    </message>
    <message>
        <source>told, and not used</source>
        <translation>annoncé, et pas utilisé</translation>
    </message>
    <message>
        <source>begins here</source>
        <translation>commence ici</translation>
    </message>
    <message>
        <source>Who pays whom</source>
        <translation>Qui paie qui</translation>
    </message>
    <message>
        <source>from the customer to its provider</source>
        <translation>du client à son fournisseur</translation>
    </message>
    <message>
        <source>peers</source>
        <translation>pairs</translation>
    </message>
    <message>
        <source>siblings</source>
        <translation>frères</translation>
    </message>
    <message>
        <source>no relation</source>
        <translation>pas de relation</translation>
    </message>
    <message>
        <source>Carried in the last 10 seconds</source>
        <translation>Transporté ces 10 dernières secondes</translation>
    </message>
    <message>
        <source>less than half full; wider: more</source>
        <translation>moins qu’à moitié pleine ; plus large : plus</translation>
    </message>
    <message>
        <source>half full or more</source>
        <translation>à moitié pleine ou plus</translation>
    </message>
    <message>
        <source>nine tenths full or more</source>
        <translation>aux neuf dixièmes pleine ou plus</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::LinkDialog</name>
    <message>
        <source>Properties of %1 from now on</source>
        <translation>Propriétés de %1 à partir de maintenant</translation>
    </message>
    <message numerus="yes">
        <source>Properties of %n links from now on</source>
        <translation>
            <numerusform>Propriétés de %n liaison à partir de maintenant</numerusform>
            <numerusform>Propriétés de %n liaisons à partir de maintenant</numerusform>
        </translation>
    </message>
    <message>
        <source>Delay, one way (such as 2ms)</source>
        <translation>Délai, dans un sens (par exemple 2ms)</translation>
    </message>
    <message>
        <source>a delay is not negative</source>
        <translation>un délai n’est pas négatif</translation>
    </message>
    <message>
        <source>Bandwidth (such as 100Mbit)</source>
        <translation>Débit (par exemple 100Mbit)</translation>
    </message>
    <message>
        <source>Loss (such as 5%)</source>
        <translation>Pertes (par exemple 5%)</translation>
    </message>
    <message>
        <source>The run takes it as an action at this instant; the lab file stays as it is.</source>
        <translation>La simulation le prend comme une action à cet instant ; le fichier du laboratoire reste comme il est.</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>illimité</translation>
    </message>
    <message>
        <source>different; stays as it is</source>
        <translation>différents ; reste comme il est</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::MainWindow</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Annuler : %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Rétablir : %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Next s&amp;tep: %1</source>
        <translation>É&amp;tape suivante : %1</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sans titre</translation>
    </message>
    <message>
        <source>The drawing has changed since this run began.</source>
        <translation>Le dessin a changé depuis le début de cette exécution.</translation>
    </message>
    <message>
        <source>This lab cannot run yet: %1</source>
        <translation>Ce laboratoire ne peut pas encore s’exécuter : %1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Remarque : %1</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n nodes</source>
        <translation>
            <numerusform>Coller %n nœud</numerusform>
            <numerusform>Coller %n nœuds</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Node or link</source>
        <translation>Nœud ou liaison</translation>
    </message>
    <message>
        <source>There is no node or link &apos;%1&apos;.</source>
        <translation>Il n’y a ni nœud ni liaison « %1 ».</translation>
    </message>
    <message numerus="yes">
        <source>Group %n nodes</source>
        <translation>
            <numerusform>Grouper %n nœud</numerusform>
            <numerusform>Grouper %n nœuds</numerusform>
        </translation>
    </message>
    <message>
        <source>Lay out</source>
        <translation>Disposer</translation>
    </message>
    <message>
        <source>This lab has errors</source>
        <translation>Ce laboratoire a des erreurs</translation>
    </message>
    <message>
        <source>%1 cannot be opened.</source>
        <translation>%1 ne peut pas être ouvert.</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>Travail non enregistré</translation>
    </message>
    <message>
        <source>There is unsaved work on this lab from before. Use it?</source>
        <translation>Il reste d’avant un travail non enregistré sur ce laboratoire. L’employer ?</translation>
    </message>
    <message>
        <source>Recover unsaved work</source>
        <translation>Reprendre le travail non enregistré</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Changements non enregistrés</translation>
    </message>
    <message>
        <source>Save the changes to this lab?</source>
        <translation>Enregistrer les changements de ce laboratoire ?</translation>
    </message>
    <message>
        <source>Open a lab</source>
        <translation>Ouvrir un laboratoire</translation>
    </message>
    <message>
        <source>Labs (*.yaml *.yml)</source>
        <translation>Laboratoires (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Changed on disk</source>
        <translation>Changé sur le disque</translation>
    </message>
    <message>
        <source>Another program has changed this file. Write over it?</source>
        <translation>Un autre programme a changé ce fichier. L’écraser ?</translation>
    </message>
    <message>
        <source>Save the lab</source>
        <translation>Enregistrer le laboratoire</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>Enregistrer une image</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png)</source>
        <translation>Images (*.svg *.png)</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be written</source>
        <translation>« %1 » ne peut pas être écrit</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Propriétés</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tables</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Événements</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>Attentes</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Console</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi ?</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groupe</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Sélection</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>Principale</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>a prefix</source>
        <translation>un préfixe</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>The window speaks</source>
        <translation>La fenêtre parle</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <source>Web page (*.html);;Pages for print (*.pdf);;Data (*.json);;Table of all events (*.csv);;JUnit (*.xml)</source>
        <translation>Page web (*.html);;Pages à imprimer (*.pdf);;Données (*.json);;Table de tous les événements (*.csv);;JUnit (*.xml)</translation>
    </message>
    <message>
        <source>The timeline is run once more, for the report…</source>
        <translation>La ligne de temps est exécutée encore une fois, pour le rapport…</translation>
    </message>
    <message>
        <source>The report was given up.</source>
        <translation>Le rapport a été abandonné.</translation>
    </message>
    <message>
        <source>The report is written: %1</source>
        <translation>Le rapport est écrit : %1</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Graphiques</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrice</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Networks (*.graphml *.as-rel *.txt);;All files (*)</source>
        <translation>Réseaux (*.graphml *.as-rel *.txt);;Tous les fichiers (*)</translation>
    </message>
    <message numerus="yes">
        <source>Imported, with %n notes: see `peerscape import`.</source>
        <translation>
            <numerusform>Importé, avec %n remarque : voir `peerscape import`.</numerusform>
            <numerusform>Importé, avec %n remarques : voir `peerscape import`.</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder of exercises</source>
        <translation>Un dossier d’exercices</translation>
    </message>
    <message>
        <source>Well done: all goals are met.</source>
        <translation>Bravo : tous les buts sont atteints.</translation>
    </message>
    <message>
        <source>The palette</source>
        <translation>La palette</translation>
    </message>
    <message>
        <source>Take a router, a host, or a link, and click on the drawing. Esc puts the tool down.</source>
        <translation>Prenez un routeur, un hôte ou une liaison, et cliquez sur le dessin. Échap pose l’outil.</translation>
    </message>
    <message>
        <source>The drawing</source>
        <translation>Le dessin</translation>
    </message>
    <message>
        <source>Routers, cables, and the buildings around them. Click one thing to see all about it; everything can be moved, and every gesture undone.</source>
        <translation>Des routeurs, des câbles, et les bâtiments autour. Cliquez sur une chose pour tout en voir ; tout se déplace, et chaque geste s’annule.</translation>
    </message>
    <message>
        <source>What is selected: its name, its networks, which protocols it speaks, its configuration.</source>
        <translation>Ce qui est sélectionné : son nom, ses réseaux, les protocoles qu’il parle, sa configuration.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Le temps</translation>
    </message>
    <message>
        <source>Space plays and pauses, C runs until nothing changes any more. The strip is the whole run: click anywhere on it, and everything is as it was then.</source>
        <translation>Espace lance et arrête le temps, C le laisse passer jusqu’à ce que plus rien ne change. La frise est toute l’exécution : cliquez n’importe où, et tout est comme c’était alors.</translation>
    </message>
    <message>
        <source>What the selected router knows at this instant. Double click a route to be told why it is there.</source>
        <translation>Ce que le routeur sélectionné sait à cet instant. Double-cliquez sur une route pour apprendre pourquoi elle est là.</translation>
    </message>
    <message>
        <source>Everything that happened, in order. A click on an event goes to its instant.</source>
        <translation>Tout ce qui s’est passé, dans l’ordre. Un clic sur un événement mène à son instant.</translation>
    </message>
    <message>
        <source>Break and watch</source>
        <translation>Casser et regarder</translation>
    </message>
    <message>
        <source>Select a cable and press F: it fails. Choose a prefix in the box, and arrows show where packets to it go.</source>
        <translation>Sélectionnez un câble et appuyez sur F : il est coupé. Choisissez un préfixe dans la case, et des flèches montrent où vont les paquets.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Énoncé</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Différences</translation>
    </message>
    <message>
        <source>Cables</source>
        <translation>Câbles</translation>
    </message>
    <message>
        <source>Data plane</source>
        <translation>Acheminement</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>Who told whom</source>
        <translation>Qui l’a dit à qui</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Relations</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Trafic</translation>
    </message>
    <message>
        <source>Another program has changed this file. Open it again, and lose the changes made here?</source>
        <translation>Un autre programme a changé ce fichier. Le rouvrir, et perdre les changements faits ici ?</translation>
    </message>
    <message>
        <source>Another program has changed this file. Open it again?</source>
        <translation>Un autre programme a changé ce fichier. Le rouvrir ?</translation>
    </message>
    <message>
        <source>Align in a row</source>
        <translation>Aligner en ligne</translation>
    </message>
    <message>
        <source>Align in a column</source>
        <translation>Aligner en colonne</translation>
    </message>
    <message>
        <source>Go to a time</source>
        <translation>Aller à un instant</translation>
    </message>
    <message>
        <source>A time of the lab, such as 90s or 2min:</source>
        <translation>Un instant du laboratoire, comme 90s ou 2min :</translation>
    </message>
    <message>
        <source>Trace from %1</source>
        <translation>Tracer depuis %1</translation>
    </message>
    <message>
        <source>The address to which real packets are sent in a copy of the lab:</source>
        <translation>L’adresse à laquelle de vrais paquets sont envoyés, dans une copie du laboratoire :</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>capture</translation>
    </message>
    <message>
        <source>Write what has crossed the link</source>
        <translation>Écrire ce qui a traversé la liaison</translation>
    </message>
    <message>
        <source>Captures for Wireshark (*.pcapng)</source>
        <translation>Captures pour Wireshark (*.pcapng)</translation>
    </message>
    <message>
        <source>The capture was given up.</source>
        <translation>La capture a été abandonnée.</translation>
    </message>
    <message numerus="yes">
        <source>%n frames are written: %1</source>
        <translation>
            <numerusform>%n trame est écrite : %1</numerusform>
            <numerusform>%n trames sont écrites : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>Write out configurations</source>
        <translation>Écrire les configurations</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n notes</source>
        <translation>
            <numerusform>Coller %n note</numerusform>
            <numerusform>Coller %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::MatrixPanel</name>
    <message>
        <source>Who reaches whom</source>
        <translation>Qui joint qui</translation>
    </message>
    <message>
        <source>Nothing runs yet.</source>
        <translation>Rien ne s’exécute encore.</translation>
    </message>
    <message>
        <source>%1 of %2 pairs reach each other</source>
        <translation>%1 paires sur %2 se joignent</translation>
    </message>
    <message numerus="yes">
        <source>%n more nodes are not shown</source>
        <translation>
            <numerusform>%n autre nœud n’est pas montré</numerusform>
            <numerusform>%n autres nœuds ne sont pas montrés</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ✓ reaches %2</source>
        <translation>%1 ✓ joint %2</translation>
    </message>
    <message>
        <source>%1 ◐ some of the ways to %2 lead astray</source>
        <translation>%1 ◐ certains chemins vers %2 égarent</translation>
    </message>
    <message>
        <source>%1 ✕ packets to %2 are lost there</source>
        <translation>%1 ✕ les paquets vers %2 s’y perdent</translation>
    </message>
    <message>
        <source>%1 ↻ packets to %2 go round</source>
        <translation>%1 ↻ les paquets vers %2 tournent en rond</translation>
    </message>
    <message>
        <source>%1 has no address that works</source>
        <translation>%1 n’a pas d’adresse qui marche</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::MessagePanel</name>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Fields of the message</source>
        <translation>Champs du message</translation>
    </message>
    <message>
        <source>Bytes of the message</source>
        <translation>Octets du message</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>What followed from it</source>
        <translation>Ce qui s’en est suivi</translation>
    </message>
    <message>
        <source>Click an event: here stands what it says, and what followed from it.</source>
        <translation>Cliquez sur un événement : ici s’écrit ce qu’il dit, et ce qui s’en est suivi.</translation>
    </message>
    <message>
        <source>Because of: %1</source>
        <translation>À cause de : %1</translation>
    </message>
    <message>
        <source>nothing, as far as this timeline has been run</source>
        <translation>rien, aussi loin que cette ligne de temps a été exécutée</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::Minimap</name>
    <message>
        <source>Minimap</source>
        <translation>Vue d’ensemble</translation>
    </message>
    <message>
        <source>The whole drawing; a click brings its place into sight</source>
        <translation>Tout le dessin ; un clic amène l’endroit sous les yeux</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::NeighborPage</name>
    <message>
        <source>Protocol</source>
        <translation>Protocole</translation>
    </message>
    <message>
        <source>Neighbor</source>
        <translation>Voisin</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Neighbors</source>
        <translation>Voisins</translation>
    </message>
    <message>
        <source>There is no neighbor.</source>
        <translation>Il n’y a pas de voisin.</translation>
    </message>
    <message>
        <source>%1 of %2: %3.</source>
        <translation>%1 envers %2 : %3.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::NoteEditor</name>
    <message>
        <source>Text of the note</source>
        <translation>Texte de la note</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::RunUntilDialog</name>
    <message>
        <source>expected more than no time</source>
        <translation>il faut plus qu’un temps nul</translation>
    </message>
    <message>
        <source>Hellos, keepalives as well</source>
        <translation>Hello et keepalive aussi</translation>
    </message>
    <message>
        <source>Wait at most</source>
        <translation>Attendre au plus</translation>
    </message>
    <message>
        <source>Run until an event</source>
        <translation>Avancer jusqu’à un événement</translation>
    </message>
    <message>
        <source>any</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>a prefix, any words of the event list</source>
        <translation>un préfixe, n’importe quels mots de la liste des événements</translation>
    </message>
    <message>
        <source>&amp;At</source>
        <translation>&amp;Où</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>&amp;Protocole</translation>
    </message>
    <message>
        <source>&amp;Event</source>
        <translation>&amp;Événement</translation>
    </message>
    <message>
        <source>&amp;With the words</source>
        <translation>&amp;Avec les mots</translation>
    </message>
    <message>
        <source>Wait at &amp;most</source>
        <translation>Attendre a&amp;u plus</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ShortcutDialog</name>
    <message>
        <source>&amp;Use these keys</source>
        <translation>&amp;Prendre ces touches</translation>
    </message>
    <message>
        <source>&amp;No keys</source>
        <translation>&amp;Sans touches</translation>
    </message>
    <message>
        <source>&amp;Standard keys</source>
        <translation>Touches &amp;habituelles</translation>
    </message>
    <message>
        <source>&amp;All standard</source>
        <translation>&amp;Tout comme d’habitude</translation>
    </message>
    <message>
        <source>What the window can do, and its keys</source>
        <translation>Ce que sait faire la fenêtre, et ses touches</translation>
    </message>
    <message>
        <source>Filter: words of the action, or keys</source>
        <translation>Filtre : mots de l’action, ou touches</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Ce qu’elle fait</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Nouvelles touches</translation>
    </message>
    <message>
        <source>N&amp;ew keys:</source>
        <translation>&amp;Nouvelles touches :</translation>
    </message>
    <message>
        <source>Select an action, and press its new keys in the field.</source>
        <translation>Sélectionnez une action, et tapez ses nouvelles touches dans le champ.</translation>
    </message>
    <message>
        <source>Press the new keys of “%1” in the field.</source>
        <translation>Tapez les nouvelles touches de « %1 » dans le champ.</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 est libre.</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”.</source>
        <translation>%1 appartient à « %2 ».</translation>
    </message>
    <message>
        <source>&amp;Take them from there</source>
        <translation>Les re&amp;prendre là</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::StartPage</name>
    <message>
        <source>BGP: between autonomous systems</source>
        <translation>BGP : entre systèmes autonomes</translation>
    </message>
    <message>
        <source>EIGRP</source>
        <translation>EIGRP</translation>
    </message>
    <message>
        <source>RIP</source>
        <translation>RIP</translation>
    </message>
    <message>
        <source>First lessons, static routes, links and faults</source>
        <translation>Premières leçons, routes statiques, liaisons et pannes</translation>
    </message>
    <message>
        <source>Draw routers and autonomous systems, break things, and watch the routes find their way.</source>
        <translation>Dessinez des routeurs et des systèmes autonomes, cassez-les, et regardez les routes trouver leur chemin.</translation>
    </message>
    <message>
        <source>New drawing</source>
        <translation>Nouveau dessin</translation>
    </message>
    <message>
        <source>Open a lab file…</source>
        <translation>Ouvrir un laboratoire…</translation>
    </message>
    <message>
        <source>Search the labs</source>
        <translation>Chercher parmi les laboratoires</translation>
    </message>
    <message>
        <source>Labs</source>
        <translation>Laboratoires</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Récents</translation>
    </message>
    <message>
        <source>The story of the four buildings</source>
        <translation>L’histoire des quatre bâtiments</translation>
    </message>
    <message>
        <source>%1 of %2 goals met</source>
        <translation>%1 buts atteints sur %2</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Exercise folder…</source>
        <translation>Dossier d’exercices…</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Visite guidée</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>Exercices</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::StateMachine</name>
    <message>
        <source>State machine</source>
        <translation>Machine à états</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>%1: %2; %3: %4</source>
        <translation>%1 : %2 ; %3 : %4</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::StateModel</name>
    <message>
        <source>%1 — before: %2</source>
        <translation>%1 — avant : %2</translation>
    </message>
    <message>
        <source>%1 — new</source>
        <translation>%1 — nouveau</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::TablesPanel</name>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocole</translation>
    </message>
    <message>
        <source>Distance/metric</source>
        <translation>Distance/métrique</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Via</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routes</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liaison</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Interfaces</source>
        <translation>Interfaces</translation>
    </message>
    <message>
        <source>Select a router to see its tables.</source>
        <translation>Sélectionnez un routeur pour voir ses tables.</translation>
    </message>
    <message>
        <source>FIB</source>
        <translation>FIB</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>Prochain saut</translation>
    </message>
    <message>
        <source>Neighbors</source>
        <translation>Voisins</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Métrique</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>Temporisateur</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>RD &lt; FD?</source>
        <translation>RD &lt; FD ?</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>%1 at %2 — double click a row: why?</source>
        <translation>%1 à %2 — double-clic sur une ligne : pourquoi ?</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::TaskPanel</name>
    <message>
        <source>Hint</source>
        <translation>Indice</translation>
    </message>
    <message>
        <source>Check my solution</source>
        <translation>Vérifier ma solution</translation>
    </message>
    <message>
        <source>Switches the lab on anew, takes all its steps, and looks which goals are met</source>
        <translation>Remet le laboratoire sous tension, parcourt toutes ses étapes, et regarde quels buts sont atteints</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Ce qu’il y a à faire</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Buts</translation>
    </message>
    <message>
        <source>What “%1” expects</source>
        <translation>Ce qu’attend « %1 »</translation>
    </message>
    <message>
        <source>This lab sets no goals.</source>
        <translation>Ce laboratoire ne fixe pas de but.</translation>
    </message>
    <message>
        <source>%1 of %2 goals met</source>
        <translation>%1 buts atteints sur %2</translation>
    </message>
    <message>
        <source>There is no further hint.</source>
        <translation>Il n’y a pas d’autre indice.</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::TimeBar</name>
    <message>
        <source>1 event a second</source>
        <translation>1 événement par seconde</translation>
    </message>
    <message>
        <source>4 events a second</source>
        <translation>4 événements par seconde</translation>
    </message>
    <message>
        <source>real time ÷ 100</source>
        <translation>temps réel ÷ 100</translation>
    </message>
    <message>
        <source>real time</source>
        <translation>temps réel</translation>
    </message>
    <message>
        <source>real time × 10</source>
        <translation>temps réel × 10</translation>
    </message>
    <message>
        <source>real time × 100</source>
        <translation>temps réel × 100</translation>
    </message>
    <message>
        <source>as fast as it goes, until converged</source>
        <translation>aussi vite que possible, jusqu’à la convergence</translation>
    </message>
    <message>
        <source>Clock of the lab</source>
        <translation>Horloge du laboratoire</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Ligne de temps</translation>
    </message>
    <message>
        <source>An action in the past begins another timeline; here one goes from one to the other.</source>
        <translation>Une action dans le passé commence une autre ligne de temps ; ici on passe de l’une à l’autre.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>in the past; the run reaches %1</source>
        <translation>dans le passé ; l’exécution va jusqu’à %1</translation>
    </message>
    <message>
        <source>nothing happens any more</source>
        <translation>plus rien ne se passe</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <translation>%1, dès %2</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ Arrêter</translation>
    </message>
    <message>
        <source>Give up what is under way</source>
        <translation>Abandonner ce qui est en cours</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::TimeStrip</name>
    <message>
        <source>Time of the lab</source>
        <translation>Temps du laboratoire</translation>
    </message>
    <message>
        <source>Draw a network or open a lab; then time can run.</source>
        <translation>Dessinez un réseau ou ouvrez un laboratoire ; alors le temps peut passer.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::Tour</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suite</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Visite guidée</translation>
    </message>
    <message>
        <source>Skip the tour</source>
        <translation>Passer la visite</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminer</translation>
    </message>
</context>
<context>
    <name>peerscape::gui::WhyPanel</name>
    <message>
        <source>Time</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>What happened, the cause first</source>
        <translation>Ce qui s’est passé, la cause d’abord</translation>
    </message>
    <message>
        <source>Chain of causes</source>
        <translation>Chaîne des causes</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi ?</translation>
    </message>
    <message>
        <source>Double click a route, and here stands why it is there.</source>
        <translation>Double-cliquez sur une route, et ici s’écrit pourquoi elle est là.</translation>
    </message>
    <message>
        <source>Why has %1 this route to %2?</source>
        <translation>Pourquoi %1 a-t-il cette route vers %2 ?</translation>
    </message>
</context>
</TS>
