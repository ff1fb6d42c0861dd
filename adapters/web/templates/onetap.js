const form=document.getElementById("place"),button=form.querySelector("button"),told=document.getElementById("no-place");
if(navigator.geolocation)form.hidden=false;
button.addEventListener("click",(tap)=>{
tap.preventDefault();button.disabled=true;told.hidden=true;
navigator.geolocation.getCurrentPosition((found)=>{
form.latitude.value=found.coords.latitude;form.longitude.value=found.coords.longitude;form.submit();
},()=>{button.disabled=false;told.hidden=false;},{enableHighAccuracy:true,timeout:20000,maximumAge:60000});
});
